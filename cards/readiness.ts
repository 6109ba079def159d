/** 七有: what centers and stations have of the list of checks, all of a unit's, one of them, and one check. */
import { dayPeriod } from '../src/domain/period.ts';
import { CHECKS_MAX } from '../src/domain/readiness.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { checkForm, checksForm } from './forms.ts';
import {
  bold,
  button,
  buttonColumn,
  card,
  columns,
  facts,
  hr,
  notation,
  pageTurns,
  panel,
  paragraph,
  redLine,
  twoLines,
} from './kit.ts';

const ROWS_MAX = 16;

export interface ReadinessView {
  readonly unitId: number;
  readonly unit: string;
  /** YYYY-MM-DD */
  readonly day: string;
  /** 七有. */
  readonly list: string;
  readonly centers: { readonly ready: number; readonly total: number };
  readonly stations: { readonly ready: number; readonly total: number };
  /** How many centers and stations lack each check, those that most lack first; none that is everywhere. */
  readonly gaps: readonly { readonly name: string; readonly places: number }[];
  readonly rows: readonly ReadinessRow[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
}

/** A center or station, or a town with all of its stations. */
export interface ReadinessRow {
  readonly unitId: number;
  readonly name: string;
  /** 5/7，缺：办事指南、工作台账. */
  readonly line: string;
  readonly ready: boolean;
  readonly opens: 'place' | 'unit';
}

/** The answer to /七有 above several centers and stations. */
export function readinessCard(view: ReadinessView): Card {
  const { unitId, list, centers, stations, gaps, rows, page, pages } = view;
  const { label } = dayPeriod(view.day);
  const ready = centers.ready === centers.total && stations.ready === stations.total;
  const turn = (to: number) => encodeAction({ action: 'readiness.show', unitId, page: to });
  return card({
    title: list,
    subtitle: `${view.unit} ${label}`,
    color: ready ? 'green' : 'orange',
    summary: `${list}：${view.unit} ${label}`,
    elements: [
      ...facts([
        { label: '便民服务中心', value: `${centers.ready}个齐全，共${centers.total}个` },
        { label: '便民服务站', value: `${stations.ready}个齐全，共${stations.total}个` },
      ]),
      ...(gaps.length === 0
        ? []
        : [
            paragraph(`还缺：${gaps.map(({ name, places }) => `${name}${places}处`).join('、')}`, {
              color: 'orange',
              max: 200,
            }),
          ]),
      hr(),
      ...rows.slice(0, ROWS_MAX).map(rowOf),
      ...pageTurns({ page, more: page + 1 < pages, pages }, turn),
      notation('没有填过的按“没有”算。'),
    ],
  });
}

function rowOf({ unitId, name, line, ready, opens }: ReadinessRow): CardElement {
  const value =
    opens === 'place'
      ? encodeAction({ action: 'readiness.place', unitId })
      : encodeAction({ action: 'readiness.show', unitId });
  return columns([
    {
      weight: 5,
      elements: [twoLines(name, { text: line, color: ready ? 'default' : 'orange' })],
    },
    buttonColumn('打开', value),
  ]);
}

/** One center or station. */
export interface PlaceView {
  readonly unitId: number;
  /** 安达社区便民服务站. */
  readonly center: string;
  readonly day: string;
  readonly list: string;
  readonly listId: number;
  readonly seen: number;
  readonly checks: readonly PlaceCheck[];
  /** Of whose centers and stations it is one, for who may see those. */
  readonly aboveId: number | null;
  readonly said?: { readonly text: string; readonly warns: boolean };
}

export interface PlaceCheck {
  readonly name: string;
  readonly hint: string;
  /** In the form. */
  readonly ticked: boolean;
  /** null: nobody has said anything. */
  readonly found: {
    readonly present: boolean;
    readonly by: string;
    readonly when: string;
    readonly note: string;
  } | null;
}

/** The checks of a center or station, to be ticked. */
export function placeCard(view: PlaceView): Card {
  const { unitId, listId, seen, checks, said, aboveId } = view;
  const present = checks.filter(({ found }) => found?.present === true).length;
  const fields = checksForm(checks);
  const { label } = dayPeriod(view.day);
  return card({
    title: `${view.list}：有${present}项，共${checks.length}项`,
    subtitle: `${view.center} ${label}`,
    color: present === checks.length ? 'green' : 'orange',
    summary: `${view.list}：${view.center}`,
    elements: [
      ...(said === undefined
        ? []
        : [said.warns ? redLine(said.text) : paragraph(said.text, { color: 'green', max: 80 })]),
      form('checksForm', [
        ...checks
          .slice(0, CHECKS_MAX)
          .flatMap(({ ticked }, index) => drawField(fields, `c${index}`, { value: ticked })),
        notation('有的打勾，没打勾的记作“没有”。'),
        submit({
          label: '保存',
          value: encodeAction({ action: 'readiness.save', unitId, listId, seen }),
          type: 'primary_filled',
        }),
      ]),
      hr(),
      notation('要写备注、传照片或PDF，点那一项的“细看”。'),
      ...checks.slice(0, CHECKS_MAX).map((check, index) => checkRow(check, { unitId, listId, index })),
      ...(aboveId === null
        ? []
        : [button({ label: '看全部中心和站', value: encodeAction({ action: 'readiness.show', unitId: aboveId }) })]),
    ],
  });
}

function checkRow({ name, found }: PlaceCheck, at: { unitId: number; listId: number; index: number }): CardElement {
  const color = found?.present === true ? ('default' as const) : found ? ('red' as const) : ('grey' as const);
  return columns([
    {
      weight: 5,
      elements: [twoLines(name, { text: foundWords(found), color })],
    },
    buttonColumn('细看', encodeAction({ ...at, action: 'readiness.check' })),
  ]);
}

function foundWords(found: PlaceCheck['found']): string {
  if (!found) return '还没有人填';
  const { present, by, when, note } = found;
  return `${present ? '有' : '没有'}（${by}，${when}）${note === '' ? '' : `：${note}`}`;
}

/** One check of a center or station. */
export interface CheckView {
  readonly unitId: number;
  readonly center: string;
  readonly listId: number;
  /** Its place in the list. */
  readonly index: number;
  readonly name: string;
  readonly hint: string;
  readonly seen: number;
  /** Kept. */
  readonly photos: number;
  readonly filled: { readonly present: boolean | null; readonly note: string };
  /** What was found last and before, the newest first. */
  readonly found: readonly (PlaceCheck['found'] & object)[];
  /** Somebody has said something else since the form was opened. */
  readonly newer: boolean;
}

export function checkCard(view: CheckView): Card {
  const { unitId, listId, index, name, seen, filled, found } = view;
  const [last, ...before] = found;
  return card({
    title: name,
    subtitle: view.center,
    color: last?.present === true ? 'green' : 'orange',
    summary: `${name}：${view.center}`,
    elements: [
      ...(view.hint === '' ? [] : [paragraph(view.hint, { color: 'grey', max: 200 })]),
      ...(view.newer ? [redLine('没有保存：您打开以后，有人先填了。请看清“现在”，再点保存。')] : []),
      bold(`现在：${foundWords(last ?? null)}`, 200),
      form('checkForm', [
        ...drawField(checkForm, 'present', {
          value: filled.present === null ? undefined : filled.present ? 'yes' : 'no',
        }),
        ...drawField(checkForm, 'note', { value: filled.note }),
        notation('备注里不要写群众的姓名、电话、住址；号码会自动隐去。'),
        submit({
          label: '保存',
          value: encodeAction({ action: 'readiness.saveCheck', unitId, listId, index, seen }),
          type: 'primary_filled',
        }),
      ]),
      button({ label: '传照片或PDF', value: encodeAction({ action: 'readiness.photo', unitId, listId, index }) }),
      ...(view.photos === 0
        ? []
        : [
            button({
              label: `看照片（${view.photos}份）`,
              value: encodeAction({ action: 'readiness.photos', unitId, listId, index }),
            }),
          ]),
      ...(before.length === 0
        ? []
        : [
            panel(
              '以前的结果',
              before.map((one) => notation(foundWords(one), 200)),
            ),
          ]),
      button({ label: '回到检查项目', value: encodeAction({ action: 'readiness.place', unitId }) }),
    ],
  });
}
