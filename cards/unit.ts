/** Binding a group chat to a unit, so that cases for the unit arrive there. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { drawField } from './field.ts';
import { type Choice, form, submit } from './form.ts';
import { bindForm } from './forms.ts';
import { card, facts, notation, paragraph } from './kit.ts';

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
