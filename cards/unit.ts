/** Binding a group chat to a unit, so that cases for the unit arrive there. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { drawField } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { bindForm } from './forms.ts';
import { button, card, cut, facts, notation, paragraph } from './kit.ts';

export interface BindView {
  readonly chatName: string;
  readonly units: readonly Choice[];
  /** Who may bind, or what happens after it. */
  readonly hint: string | null;
}

/** Asks which unit the group belongs to. */
export function bindCard(view: BindView): Card {
  return card({
    title: '这个群属于哪个单位？',
    color: 'orange',
    summary: '请选择这个群所属的单位',
    elements: [
      paragraph(`绑定后，单位的代办件会发到“${view.chatName}”。`),
      form('bindForm', [
        ...drawField(bindForm, 'unit', { options: view.units }),
        submit({
          label: '绑定',
          value: encodeAction({ action: 'unit.bind' }),
          type: 'primary_filled',
        }),
      ]),
      ...(view.hint === null ? [] : [notation(view.hint)]),
    ],
  });
}

export interface RebindView {
  readonly unitId: number;
  readonly unit: string;
  readonly seen: { readonly from: string | null; readonly others: readonly number[] };
  /** The group the unit is bound to, '' when its name is not known; null when it is bound nowhere. */
  readonly fromName: string | null;
  /** Units the group belongs to already. */
  readonly others: readonly string[];
}

/** Asks before a unit is taken away from another group, or put into a group that has one. */
export function rebindCard(view: RebindView): Card {
  const { unitId, unit, seen, fromName, others } = view;
  const moves = fromName !== null;
  const from = fromName === '' ? '另一个' : `“${cut(fromName ?? '', 30)}”`;
  return card({
    title: moves ? '改绑到本群？' : '再绑一个单位？',
    subtitle: cut(unit, 30),
    color: 'orange',
    summary: '绑定前请再看一眼',
    elements: [
      ...(moves ? [paragraph(`${cut(unit, 30)}已绑在${from}群，改到本群吗？那个群不再收到它的代办件。`)] : []),
      ...(others.length === 0
        ? []
        : [
            paragraph(
              `本群已经是${others
                .slice(0, 3)
                .map((name) => cut(name, 30))
                .join('、')}的群，再绑${cut(unit, 30)}，几个单位的代办件都会发到这里。`,
            ),
          ]),
      button({
        label: moves ? '改绑' : '再绑一个',
        value: encodeAction({ action: 'unit.rebind', unitId, seen: { from: seen.from, others: [...seen.others] } }),
        type: 'primary_filled',
      }),
      button({ label: '不改', value: encodeAction({ action: 'unit.keep' }) }),
    ],
  });
}

export interface UnbindView {
  readonly unitId: number;
  readonly unit: string;
  /** The group it is bound to, and its name; '' when that is not known. */
  readonly chatId: string;
  readonly chatName: string;
  /** Nobody there would be written to instead. */
  readonly deserted: boolean;
}

/** Asks before a unit loses its group. */
export function unbindCard({ unitId, unit, chatId, chatName, deserted }: UnbindView): Card {
  const group = chatName === '' ? '现在的群' : `“${cut(chatName, 30)}”群`;
  const value = { action: 'unit.unbind', unitId, seen: chatId } as const;
  return card({
    title: '解绑这个群？',
    subtitle: cut(unit, 30),
    color: 'orange',
    summary: '解绑前请再看一眼',
    elements: [
      paragraph(`解绑后，${cut(unit, 30)}的代办件不再发到${group}${deserted ? '。' : '，改为私信发给那里的代办员。'}`),
      ...(deserted ? [paragraph('那里还没有代办员，解绑以后没人收到。', { color: 'red' })] : []),
      button({ label: '解绑', value: encodeAction({ ...value, keep: false }), type: 'primary_filled' }),
      button({ label: '不解绑', value: encodeAction({ ...value, keep: true }) }),
    ],
  });
}

/** What stands there once it is done. */
export function boundCard(view: { readonly unit: string; readonly center: string; readonly boundBy: string }): Card {
  return card({
    title: '群已绑定',
    subtitle: view.unit,
    color: 'green',
    summary: `这个群已绑定到${view.unit}`,
    elements: [
      ...facts([
        { label: '单位', value: view.unit },
        { label: '服务场所', value: view.center },
        { label: '绑定人', value: view.boundBy },
      ]),
      notation('发给这个单位的代办件会出现在本群。'),
    ],
  });
}
