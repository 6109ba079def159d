/** 修改事项: its form and what it would change, in an administrator's private chat; and what the groups are told of changes. */
import { local } from '../src/domain/level-names.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField, type FormValues } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { itemForm, levelFields } from './forms.ts';
import { bold, card, cut, hr, notation, panel, paragraph } from './kit.ts';

interface FilledView {
  readonly itemId: number;
  readonly name: string;
  /** The mark of the versions that it is drawn for. */
  readonly seen: number;
  readonly departments: readonly Choice[];
  /** A text that has no room in its field is not asked for. */
  readonly asksMaterials: boolean;
  readonly asksGuide: boolean;
  readonly values: FormValues<typeof itemForm>;
}

export interface ItemFormView extends FilledView {
  /** What somebody else has changed since the form was drawn first; null while nobody has. */
  readonly newer: string | null;
}

/** Asks what the item shall promise, and from when on. */
export function itemFormCard(view: ItemFormView): Card {
  const { itemId, seen, newer } = view;
  return card({
    title: '修改事项',
    subtitle: cut(view.name, 50),
    color: 'orange',
    summary: '修改事项',
    elements: [
      bold(view.name),
      ...(newer === null
        ? []
        : [
            paragraph('您打开表单以后，有人改过：', { color: 'orange' }),
            paragraph(newer, { color: 'orange', max: 200 }),
            paragraph('下面是您填的，请对照着再改。', { color: 'orange' }),
          ]),
      form('itemForm', [
        ...itemFields(view),
        submit({
          label: '先看改了什么',
          value: encodeAction({ action: 'item.preview', itemId, seen }),
          type: 'primary_filled',
        }),
      ]),
      notation('已经登记的件照登记时的办：时限、材料、部门都不变。'),
    ],
  });
}

export interface ItemPreviewView extends FilledView {
  readonly differences: readonly string[];
  /** `12月1日`: the first day on which it is so. */
  readonly from: string;
  /** Of the item, registered before. */
  readonly openCases: number;
  /** The mark of what is shown. */
  readonly looked: string;
}

/** What would differ; the form goes with it, so that nothing that was typed is lost. */
export function itemPreviewCard(view: ItemPreviewView): Card {
  const { itemId, seen, looked, openCases, from } = view;
  return card({
    title: '核对修改',
    subtitle: cut(view.name, 50),
    color: 'orange',
    summary: '请核对事项的修改',
    elements: [
      bold(view.name),
      paragraph(`自${from}起：`, { max: FROM_MAX }),
      ...differenceLines(view.differences),
      paragraph(openCases === 0 ? '现在没有在办的件。' : `在办的${openCases}件照登记时的办，不受影响。`),
      form('itemForm', [
        submit({
          label: '确认修改',
          value: encodeAction({ action: 'item.change', itemId, seen, looked }),
          type: 'primary_filled',
        }),
        panel('不对？再改一改', [
          ...itemFields(view),
          submit({ label: '再看改了什么', value: encodeAction({ action: 'item.preview', itemId, seen }) }),
        ]),
      ]),
      notation(local`确认后记入台账，过几分钟一并告诉有关的苏木乡镇、嘎查社区和部门的群。`),
    ],
  });
}

function itemFields(view: FilledView): CardElement[] {
  const { values, departments } = view;
  return [
    ...drawField(itemForm, 'workingDays', { value: values.workingDays }),
    ...(view.asksMaterials
      ? drawField(itemForm, 'materials', { value: values.materials })
      : [notation('材料太长，这里放不下：要改，请用 /导入 的事项清单。')]),
    ...(view.asksGuide ? drawField(itemForm, 'guide', { value: values.guide }) : []),
    ...drawField(itemForm, 'department', { value: values.department, options: departments }),
    paragraph('实施层级'),
    ...levelFields.flatMap(([name]) => drawField(itemForm, name, { value: values[name] })),
    ...drawField(itemForm, 'enabled', { value: values.enabled }),
    ...drawField(itemForm, 'effectiveDay', { value: values.effectiveDay }),
  ];
}

const DIFFERENCES_MAX = 8;
const DIFFERENCE_MAX = 120;

/** What was, and what will be, line by line. */
export function differenceLines(differences: readonly string[]): CardElement[] {
  return differences.slice(0, DIFFERENCES_MAX).map((line) => paragraph(`· ${line}`, { max: DIFFERENCE_MAX }));
}

/** Items that one message tells of at length. */
const TOLD_MAX = 7;
const TOLD_LINES_MAX = 4;
const TOLD_LINE_MAX = 100;
const NAMES_MAX = 30;
/** `自2027年12月31日起` */
const FROM_MAX = 14;

export interface ItemChangesView {
  readonly items: readonly {
    readonly name: string;
    /** `自12月1日起`; '' for what is off. */
    readonly from: string;
    readonly differences: readonly string[];
  }[];
}

/** What a group is told: every change of a few minutes at once. */
export function itemChangesCard({ items }: ItemChangesView): Card {
  const shown = items.slice(0, TOLD_MAX);
  const names = items.slice(TOLD_MAX, TOLD_MAX + NAMES_MAX).map(({ name }) => cut(name, 20));
  return card({
    title: '事项清单有调整',
    subtitle: `${items.length}项`,
    color: 'blue',
    summary: `事项清单有${items.length}项调整，请看`,
    elements: [
      ...shown.flatMap(({ name, from, differences }, index) => [
        ...(index === 0 ? [] : [hr()]),
        bold(name),
        ...(from === '' ? [] : [notation(from, FROM_MAX)]),
        ...differences.slice(0, TOLD_LINES_MAX).map((line) => paragraph(line, { max: TOLD_LINE_MAX })),
      ]),
      ...(names.length > 0
        ? [hr(), paragraph(`还有${items.length - shown.length}项：${names.join('、')}`, { max: 700 })]
        : []),
      notation('已经登记的件照登记时的办。要看一项，发“/事项 名称”。'),
    ],
  });
}
