/** 停用, 调动, 角色: which of several namesakes is meant, whether it is to be done, and what it leaves behind. */
import type { AgentRole } from '../src/domain/agent.ts';
import type { CaseState } from '../src/domain/case.ts';
import type { StaffChange } from '../src/domain/staff.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { successionFields } from './forms.ts';
import {
  bold,
  button,
  buttonColumn,
  card,
  columns,
  cut,
  day,
  type Fact,
  facts,
  hr,
  notation,
  paragraph,
} from './kit.ts';
import { caseStateWords, roleWords } from './words.ts';

const NAMESAKES_MAX = 10;
const CASES_MAX = 10;
const COLLEAGUES_NAMED_MAX = 5;

export interface StaffChangeView {
  readonly agentId: number;
  readonly name: string;
  readonly unit: { readonly id: number; readonly name: string };
  readonly role: AgentRole;
  readonly change: StaffChange;
  /** Where the person works afterwards. */
  readonly toUnit: string;
  /** What the person leaves in the unit; undefined when they stay. */
  readonly leaves: LeftBehind | undefined;
}

interface LeftBehind {
  readonly total: number;
  /** The oldest of them. */
  readonly cases: readonly { readonly caseNumber: string; readonly itemName: string; readonly state: CaseState }[];
  /** The others of the unit. */
  readonly colleagues: readonly Choice[];
}

const questions = {
  deactivate: { title: '停用这位同事？', confirm: '确认停用', keep: '不停用' },
  move: { title: '调动这位同事？', confirm: '确认调动', keep: '不调动' },
  role: { title: '改这位同事的身份？', confirm: '确认修改', keep: '不修改' },
} as const satisfies Record<StaffChange['kind'], { title: string; confirm: string; keep: string }>;

/** Asks before anything is done; stands in the private chat of who asked. */
export function staffChangeCard(view: StaffChangeView): Card {
  const { agentId, change, unit, role, leaves } = view;
  const words = questions[change.kind];
  return card({
    title: words.title,
    subtitle: cut(view.name, 20),
    color: change.kind === 'deactivate' ? 'red' : 'orange',
    summary: words.title,
    elements: [
      ...facts([
        { label: '姓名', value: view.name },
        { label: '现在单位', value: unit.name },
        { label: '现在身份', value: roleWords[role] },
        ...changedTo(view),
      ]),
      ...(leaves ? [hr(), ...leftBehind(unit.name, leaves)] : []),
      ...(change.kind !== 'role' && leaves && leaves.total > 0 && leaves.colleagues.length > 0
        ? [successionForm(view, { change, leaves })]
        : [
            button({
              label: words.confirm,
              value: encodeAction({ action: 'agent.change', agentId, seen: { unitId: unit.id, role }, change }),
              type: change.kind === 'deactivate' ? 'danger' : 'primary_filled',
            }),
          ]),
      button({ label: words.keep, value: encodeAction({ action: 'agent.keep' }) }),
    ],
  });
}

type Departure = Exclude<StaffChange, { kind: 'role' }>;

/** To whom what is left goes, and the change in the same press; or the cases alone. */
function successionForm(
  { agentId, unit, role }: StaffChangeView,
  { change, leaves }: { change: Departure; leaves: LeftBehind },
): CardElement {
  const leaving = { agentId, kind: change.kind, toUnitId: change.kind === 'move' ? change.unitId : 0 };
  return form('successionForm', [
    ...drawField(successionFields, 'successor', { options: leaves.colleagues }),
    submit({
      label: questions[change.kind].confirm,
      value: encodeAction({ ...leaving, action: 'agent.leave', unitId: unit.id, role }),
      type: change.kind === 'deactivate' ? 'danger' : 'primary_filled',
    }),
    submit({ label: '只转件，人不动', value: encodeAction({ action: 'agent.passOn', agentId, unitId: unit.id }) }),
  ]);
}

function changedTo({ change, toUnit }: StaffChangeView): Fact[] {
  switch (change.kind) {
    case 'deactivate':
      return [];
    case 'move':
      return [{ label: '调到', value: toUnit, color: 'orange' }];
    case 'role':
      return [{ label: '改为', value: roleWords[change.role], color: 'orange' }];
  }
}

function leftBehind(unit: string, leaves: LeftBehind): CardElement[] {
  const shown = leaves.cases.slice(0, CASES_MAX);
  const rest = leaves.total > shown.length ? `，先列出前${shown.length}件` : '';
  return [
    ...(leaves.total === 0 ? [] : [paragraph(`还有${leaves.total}件没办完${rest}：`)]),
    ...shown.map((one) => notation(`${one.caseNumber}　${cut(one.itemName, 30)}　${caseStateWords[one.state]}`)),
    paragraph(successionWords(unit, { ...leaves, colleagues: leaves.colleagues.map(({ text }) => text) }), {
      color: leaves.colleagues.length > 0 ? 'default' : 'orange',
    }),
  ];
}

/** Who goes on with the work that somebody leaves in a unit, where nobody in particular is named. */
export function successionWords(
  unit: string,
  { total, colleagues }: { readonly total: number; readonly colleagues: readonly string[] },
): string {
  const left = total === 0 ? '' : `没办完的${total}件没有人接着办，`;
  if (colleagues.length === 0) return `${unit}没有别的代办员了，${left}请尽快安排人。`;
  if (total === 0) return '没有没办完的件。';
  const names = colleagues.slice(0, COLLEAGUES_NAMED_MAX).map((name) => cut(name, 10));
  const more = colleagues.length > COLLEAGUES_NAMED_MAX ? '等' : '';
  return `没办完的${total}件由${unit}的${names.join('、')}${more}接着办。`;
}

/** What went to a colleague who was named. */
export function passedOnWords(
  { to, passed, left }: { readonly to: { readonly name: string }; readonly passed: number; readonly left: number },
  unit: string,
): string {
  const rest = left === 0 ? '' : `还有${left}件一次转不完，先由${unit}接着办`;
  if (passed === 0) return rest === '' ? '没有没办完的件。' : `${rest}。`;
  return `没办完的${passed}件转给${cut(to.name, 20)}接着办${rest === '' ? '' : `；${rest}`}。`;
}

export interface NamesakesView {
  readonly change: StaffChange;
  readonly people: readonly {
    readonly agentId: number;
    readonly name: string;
    readonly unit: string;
    readonly role: AgentRole;
    readonly since: number;
  }[];
  readonly zone: string;
}

/** Several are of this name: which one is meant? */
export function namesakesCard({ change, people, zone }: NamesakesView): Card {
  const shown = people.slice(0, NAMESAKES_MAX);
  const rest = people.length > shown.length ? `，先列出前${shown.length}位` : '';
  return card({
    title: '同名的有几位，是哪一位？',
    color: 'orange',
    summary: '同名的有几位，请选一位',
    elements: [
      paragraph(`叫这个名字的有${people.length}位${rest}。`),
      ...shown.flatMap((one) => [
        hr(),
        columns([
          {
            weight: 4,
            elements: [
              bold(one.name, 20),
              notation(`${cut(one.unit, 30)}　${roleWords[one.role]}　${day(one.since, zone)}加入`),
            ],
          },
          buttonColumn('选这位', encodeAction({ action: 'agent.askChange', agentId: one.agentId, change })),
        ]),
      ]),
    ],
  });
}
