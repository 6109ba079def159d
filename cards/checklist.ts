/** 还差什么: what still keeps the banner from working, each with what to do. Stands in an administrator's private chat. */
import { local } from '../src/domain/level-names.ts';
import { type ActionValue, COMMAND_LINE_MAX, encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { bold, button, card, cut, dayWithYear, fit, hr, notation, paragraph } from './kit.ts';

export interface ChecklistView {
  readonly gaps: readonly Gap[];
  /** The banner's name. */
  readonly banner: string;
  /** When it was put together (ms). */
  readonly at: number;
  readonly zone: string;
  /** For a new administrator: said above the list. */
  readonly greeting?: { readonly title: string; readonly lines: readonly string[] };
}

export type Gap =
  | { readonly kind: UnitGap; readonly total: number; readonly names: readonly string[] }
  /** `firstId`: the id of the item that is named first. */
  | {
      readonly kind: ItemGap;
      readonly total: number;
      readonly names: readonly string[];
      readonly firstId: number;
    }
  /** Of a year nobody has announced yet. */
  | { readonly kind: 'holidays'; readonly year: number }
  | { readonly kind: 'backup' };

export type UnitGap = 'townsWithoutGroup' | 'villagesWithoutStaff' | 'departmentsOutOfReach' | 'unitsWithoutManager';
type ItemGap = 'itemsWithoutMaterials' | 'itemsWithoutDays';
type NamedGap = Extract<Gap, { readonly names: unknown }>['kind'];

interface GapWords {
  readonly title: (total: number) => string;
  /** The consequence, and what to do. `first` is the first by name. */
  readonly todo: (first: string) => string;
}

const byName = {
  townsWithoutGroup: {
    title: (total) => local`${total}个苏木乡镇没有群`,
    todo: (first) =>
      `请把我拉进那里的群，在群里@我发“/绑定 单位名称”，如 /绑定 ${first}。没有群，件只能私信发给那里的代办员。`,
  },
  villagesWithoutStaff: {
    title: (total) => local`${total}个嘎查社区没有代办员`,
    todo: () => '名册里写着谁还没有加入。请代办员私信我，填写登记卡，通过后就能登记。',
  },
  departmentsOutOfReach: {
    title: (total) => `${total}个部门没有群，也没有人`,
    todo: (first) =>
      `转给它们的件没人接：请把我拉进部门的群，在群里@我发“/绑定 单位名称”，如 /绑定 ${first}；或请部门的人私信我填写登记卡。`,
  },
  unitsWithoutManager: {
    title: (total) => local`${total}个旗县、苏木乡镇没有管理员`,
    todo: () => '那里的申请只能由上级审批：请那里的人私信我登记，通过时选“管理员”；已在岗的，发“/角色 姓名 管理员”。',
  },
  itemsWithoutMaterials: {
    title: (total) => `${total}个事项没有写所需材料`,
    todo: () =>
      '群众问要带什么时，/事项 答不上来：请主管部门给出清单，一个一个填；或都填进事项清单的“所需材料”一列，发 /导入 导入。',
  },
  itemsWithoutDays: {
    title: (total) => `${total}个事项没有写承诺时限`,
    todo: () =>
      '先按“设置”里定的天数承诺：请主管部门给出每项的工作日数，一个一个填；或都填进事项清单的“承诺时限”一列，发 /导入 导入。',
  },
} as const satisfies Record<NamedGap, GapWords>;

const NAMES_SHOWN = 3;

/** Counts and names of units and items only: nothing personal. */
export function checklistCard({ gaps, banner, at, zone, greeting }: ChecklistView): Card {
  const done = gaps.length === 0;
  const title = greeting?.title ?? (done ? '都齐了' : '还差什么');
  return card({
    title,
    color: done || greeting ? 'green' : 'orange',
    summary: done ? title : `${title}：还差${gaps.length}样`,
    elements: [
      ...(greeting?.lines ?? []).map((line) => paragraph(line)),
      ...(done ? [paragraph('群、人员、管理员和事项都齐了，可以正常用。')] : []),
      ...(greeting && !done ? [paragraph(local`要全旗用起来，还差${gaps.length}样：`)] : []),
      ...gaps.flatMap((gap, place) => [...(place > 0 || greeting ? [hr()] : []), ...drawGap(gap, banner)]),
      hr(),
      button({ label: '再看一遍', value: encodeAction({ action: 'setting.checklist' }), type: 'primary_filled' }),
      button({ label: '设置', value: encodeAction({ action: 'setting.list' }) }),
      notation(`${dayWithYear(at, zone)}的情况。以后发 /设置，点“还差什么”。`),
    ],
  });
}

/** What is missing, what to do, and the way there where a button leads to it. A group is bound in the group, a backup made at the machine. */
function drawGap(gap: Gap, banner: string): CardElement[] {
  if (gap.kind === 'holidays') {
    return [
      bold(`还没有${gap.year}年的放假安排`),
      paragraph(
        `${gap.year}年的期限先按普通周计算，卡片上会注明。国务院公布后，点“填放假安排”，照通知填全年；或请管机器的同事升级程序。`,
      ),
      lead('填放假安排', encodeAction({ action: 'setting.ask', name: 'ownDays' })),
    ];
  }
  if (gap.kind === 'backup') {
    return [bold('还没有备份'), paragraph('每天02:00自动备份。不想等，请管机器的同事运行 backup，照《运维手册》做。')];
  }
  const { title, todo }: GapWords = byName[gap.kind];
  const [first = ''] = gap.names;
  const names = gap.names.slice(0, NAMES_SHOWN).map((name) => cut(name, 30));
  const more = gap.total > names.length ? '等' : '';
  return [
    bold(title(gap.total)),
    notation(`${names.join('、')}${more}`),
    paragraph(todo(cut(first, 30))),
    ...wayTo(gap, { first, banner }),
  ];
}

function wayTo(
  gap: Extract<Gap, { readonly kind: NamedGap }>,
  { first, banner }: { first: string; banner: string },
): CardElement[] {
  switch (gap.kind) {
    case 'villagesWithoutStaff':
      return [rosterOf(banner)];
    case 'unitsWithoutManager':
      return [rosterOf(first)];
    case 'itemsWithoutMaterials':
      return [lead(`填材料：${first}`, encodeAction({ action: 'item.ask', itemId: gap.firstId }))];
    case 'itemsWithoutDays':
      return [lead(`填时限：${first}`, encodeAction({ action: 'item.ask', itemId: gap.firstId }))];
    case 'townsWithoutGroup':
    case 'departmentsOutOfReach':
      return [];
  }
}

function rosterOf(unit: string): CardElement {
  return lead(`看名册：${unit}`, encodeAction({ action: 'command.run', line: fit(`/名册 ${unit}`, COMMAND_LINE_MAX) }));
}

function lead(label: string, value: ActionValue): CardElement {
  return button({ label, value, size: 'medium' });
}
