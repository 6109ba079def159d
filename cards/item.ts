/** The catalogue (办事事项): one item, a list of hits, and the departments to start from. */
import type { AssistType } from '../src/domain/case.ts';
import type { Quote } from '../src/domain/quote.ts';
import type { ItemLevel } from '../src/domain/unit.ts';
import { type ActionValue, encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { differenceLines } from './item-change.ts';
import { bold, button, buttonColumn, card, columns, facts, fit, hr, notation, panel, paragraph } from './kit.ts';
import { assistTypeWords } from './words.ts';

const ROWS_MAX = 10;
const DEPARTMENTS_MAX = 20;
const MATERIALS_MAX = 15;
const LINE_MAX = 60;
const GUIDE_MAX = 1000;
const CHANGE_MAX = 90;
const MATERIAL_MAX = 105;

export interface ItemLine {
  /** 实施编码. */
  readonly code: string;
  readonly name: string;
  readonly department: string;
  readonly levels: readonly ItemLevel[];
  readonly assistType: AssistType;
  readonly workingDays: number;
  readonly materials: readonly string[];
}

/** One item as it is today, with what waits for its day. */
export interface ItemView extends ItemLine {
  readonly itemId: number;
  /** 办事指南; '' for none. */
  readonly guide: string;
  readonly active: boolean;
  /** A change that is not in force yet: from when on, and what will differ. */
  readonly planned:
    | { readonly versionId: number; readonly from: string; readonly differences: readonly string[] }
    | undefined;
  /** Its reader is an administrator. */
  readonly mayChange: boolean;
  /** What was changed before, newest first; for whoever may change it. */
  readonly changes: readonly string[];
}

/** The hits of a search, best first. */
export function itemListCard(view: {
  readonly query: Quote | null;
  readonly total: number;
  readonly rows: readonly ItemLine[];
}): Card {
  const shown = view.rows.slice(0, ROWS_MAX);
  return card({
    title: '办事事项',
    color: 'blue',
    summary: `办事事项：找到${view.total}项`,
    elements:
      shown.length === 0
        ? [
            paragraph(`没有找到${view.query ?? '这样的事项'}`),
            notation(
              '换个词再试：少写几个字，或写拼音、拼音首字母，如：事项 低保、事项 dibao、事项 db。清单里没有的，登记时选“其他事项”，写明要办什么',
            ),
          ]
        : [
            paragraph(
              `${view.query ?? ''}找到${view.total}项${view.total > shown.length ? `，先列出前${shown.length}项` : ''}`,
            ),
            ...shown.flatMap((row) => [hr(), itemRow(row)]),
          ],
  });
}

/** One item with what the applicant has to know and bring. */
export function itemCard(view: ItemView): Card {
  const shown = view.materials.slice(0, MATERIALS_MAX);
  const more = view.materials.length - shown.length;
  return card({
    title: '办事事项',
    subtitle: view.name,
    color: 'blue',
    summary: `办事事项：${view.name}`,
    elements: [
      bold(view.name),
      ...(view.active
        ? [button({ label: '登记此事项', value: runValue(`登记 ${view.name}`), type: 'primary_filled' })]
        : [paragraph('已停用，不再登记；在办的照办。', { color: 'orange' })]),
      ...plannedLines(view),
      ...facts([
        { label: '主管部门', value: view.department },
        { label: '实施层级', value: view.levels.join('、') },
        { label: '帮办类型', value: assistTypeWords[view.assistType] },
        { label: '承诺时限', value: `${view.workingDays}个工作日` },
        { label: '实施编码', value: view.code },
      ]),
      hr(),
      paragraph('需要的材料'),
      ...(shown.length === 0
        ? [notation('材料清单还没有录入，请以主管部门的要求为准')]
        : shown.map((material, index) => paragraph(`${index + 1}. ${material}`, { max: MATERIAL_MAX }))),
      ...(more > 0 ? [notation(`共 ${view.materials.length} 样，先列出前 ${shown.length} 样`)] : []),
      ...(view.guide === '' ? [] : [hr(), paragraph('办事指南'), paragraph(view.guide, { max: GUIDE_MAX })]),
      ...changeParts(view),
    ],
  });
}

function plannedLines({ planned, mayChange }: ItemView): CardElement[] {
  if (!planned) return [];
  const { versionId, from, differences } = planned;
  return [
    paragraph(`自${from}起：`, { color: 'orange', max: 14 }),
    ...differenceLines(differences),
    ...(mayChange
      ? [button({ label: '撤回这次修改', value: encodeAction({ action: 'item.withdraw', versionId }) })]
      : []),
  ];
}

function changeParts({ itemId, mayChange, planned, changes }: ItemView): CardElement[] {
  if (!mayChange || (planned && changes.length === 0)) return [];
  return [
    hr(),
    // A planned change is withdrawn first: of two nobody would know which one the other was made for.
    ...(planned ? [] : [button({ label: '修改', value: encodeAction({ action: 'item.ask', itemId }) })]),
    ...(changes.length === 0
      ? []
      : [
          panel(
            '历次修改',
            changes.map((line) => paragraph(line, { max: CHANGE_MAX })),
          ),
        ]),
  ];
}

/** Where to start when nothing was asked for. */
export function itemOverviewCard(view: {
  readonly departments: readonly { readonly name: string; readonly count: number }[];
  readonly total: number;
}): Card {
  const shown = view.departments.slice(0, DEPARTMENTS_MAX);
  const more = view.departments.length - shown.length;
  return card({
    title: '办事事项',
    subtitle: `共${view.total}项，${view.departments.length}个部门`,
    color: 'blue',
    summary: `办事事项：共${view.total}项`,
    elements: [
      ...shown.map((department) =>
        button({
          label: `${fit(department.name, 20)}（${department.count}项）`,
          value: runValue(`事项 ${department.name}`),
          size: 'medium',
        }),
      ),
      ...(more > 0 ? [notation(`共 ${view.departments.length} 个部门，先列出前 ${shown.length} 个`)] : []),
      notation('也可以直接查，如：事项 高龄津贴、事项 dibao'),
    ],
  });
}

function itemRow(row: ItemLine): CardElement {
  return columns([
    {
      weight: 4,
      elements: [
        bold(row.name, 50),
        notation(
          `${fit(row.department, 20)}　${row.levels.join('、')}　${assistTypeWords[row.assistType]}　${row.workingDays}个工作日`,
        ),
      ],
    },
    buttonColumn('查看', runValue(`事项 ${row.name}`)),
  ]);
}

function runValue(line: string): ActionValue {
  return encodeAction({ action: 'command.run', line: fit(line, LINE_MAX) });
}
