/** 4 张清单 of a center or station: the four slots, and the form of one. */

import { dayPeriod } from '../src/domain/period.ts';
import type { ListFileState, ListSlot } from '../src/domain/unit-list.ts';
import { type ActionValue, encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { unitListForm } from './forms.ts';
import { bold, button, buttonColumn, card, columns, cut, hr, notation, panel, paragraph } from './kit.ts';

interface ListView {
  readonly listId: number;
  readonly name: string;
  /** '' for none. */
  readonly edition: string;
  /** YYYY-MM-DD */
  readonly publishedOn: string;
  readonly fileState: ListFileState;
}

export interface UnitListsView {
  readonly unitId: number;
  readonly unit: string;
  readonly center: string;
  /** Its reader may publish. */
  readonly mayFill: boolean;
  readonly slots: readonly {
    readonly slot: ListSlot;
    readonly name: string;
    readonly list: ListView | undefined;
    /** What it replaced, newest first. */
    readonly older: readonly ListView[];
  }[];
}

/** The answer to /清单. */
export function unitListsCard(view: UnitListsView): Card {
  const published = view.slots.filter(({ list }) => list !== undefined).length;
  return card({
    title: '4张清单',
    subtitle: cut(view.center, 50),
    color: published === view.slots.length ? 'green' : 'orange',
    summary: `4张清单：${cut(view.unit, 30)}`,
    elements: [
      paragraph(`已公布${published}张，共${view.slots.length}张。`),
      ...view.slots.flatMap((one) => [hr(), ...slotElements(one, view)]),
      ...(view.mayFill ? [] : [notation('由本单位或上级的管理员公布和更新。')]),
    ],
  });
}

const fileWords: Readonly<Record<ListFileState, string>> = {
  none: '没有文件',
  awaited: '等着发文件',
  waiting: '文件正在存',
  kept: '',
  failed: '文件没有存下来',
};

function slotElements(
  { slot, name, list, older }: UnitListsView['slots'][number],
  { unitId, mayFill }: UnitListsView,
): CardElement[] {
  const buttons = [
    ...(list?.fileState === 'kept' ? [buttonColumn('看文件', fileValue(list))] : []),
    ...(mayFill ? [buttonColumn(list ? '更新' : '公布', encodeAction({ action: 'lists.ask', unitId, slot }))] : []),
  ];
  return [
    columns([
      {
        weight: 4,
        elements: [bold(`${slot}. ${cut(list?.name ?? name, 36)}`, 40), notation(list ? lineOf(list) : '还没有公布')],
      },
      { elements: buttons.flatMap(({ elements }) => elements) },
    ]),
    ...(older.length === 0 ? [] : [panel('以前的版本', older.flatMap(olderLine))]),
  ];
}

function olderLine(list: ListView): CardElement[] {
  const words = notation(`${cut(list.name, 30)}　${lineOf(list)}`);
  return list.fileState === 'kept' ? [words, button({ label: '看这一版的文件', value: fileValue(list) })] : [words];
}

function fileValue({ listId }: ListView): ActionValue {
  return encodeAction({ action: 'lists.file', listId });
}

function lineOf({ edition, publishedOn, fileState }: ListView): string {
  return [edition === '' ? '' : cut(edition, 20), `${dayPeriod(publishedOn).label}公布`, fileWords[fileState]]
    .filter((word) => word !== '')
    .join('　');
}

export interface UnitListFormView {
  readonly unitId: number;
  readonly slot: ListSlot;
  readonly unit: string;
  /** The list that it is drawn for; 0: there is none yet. */
  readonly seen: number;
  readonly name: string;
  readonly edition: string;
  readonly publishedOn: string;
}

/** Asks what is published. The file follows by message. */
export function unitListFormCard(view: UnitListFormView): Card {
  const { unitId, slot, seen } = view;
  return card({
    title: seen === 0 ? '公布清单' : '更新清单',
    subtitle: `${cut(view.unit, 30)} 第${slot}张`,
    color: 'orange',
    summary: '公布清单',
    elements: [
      form('unitListForm', [
        ...drawField(unitListForm, 'listName', { value: view.name }),
        ...drawField(unitListForm, 'edition', { value: view.edition }),
        ...drawField(unitListForm, 'publishedOn', { value: view.publishedOn }),
        submit({
          label: '公布',
          value: encodeAction({ action: 'lists.publish', unitId, slot, seen }),
          type: 'primary_filled',
        }),
      ]),
      notation('公布以后，30分钟内把文件（PDF、照片、Word、Excel）私信发给我，就放进这张清单；没有文件也算公布。'),
    ],
  });
}
