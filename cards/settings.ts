/** 设置: what an administrator may set, each with its form. Both stand in a private chat. */
import type { SettingInput, SettingName } from '../src/domain/setting.ts';
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { settingForms } from './forms.ts';
import { button, card, columns, facts, hr, notation, paragraph } from './kit.ts';

export interface SettingsView {
  readonly settings: readonly { readonly name: SettingName; readonly label: string; readonly words: string }[];
}

/** Every setting with its value and a button that asks for another. */
export function settingsCard({ settings }: SettingsView): Card {
  return card({
    title: '设置',
    color: 'blue',
    summary: '设置',
    elements: [
      ...settings.flatMap(({ name, label, words }) => [
        columns([
          { weight: 5, elements: [notation(label, 60), paragraph(words, { max: 60 })] },
          {
            elements: [
              button({
                label: '改',
                value: encodeAction({ action: 'setting.ask', name }),
                size: 'small',
                width: 'default',
              }),
            ],
          },
        ]),
        hr(),
      ]),
      button({ label: '还差什么', value: encodeAction({ action: 'setting.checklist' }), type: 'primary_filled' }),
      notation('每次改动记入台账，并告诉其他系统管理员。'),
    ],
  });
}

export interface SettingView {
  readonly name: SettingName;
  readonly label: string;
  /** The value that counts now. */
  readonly words: string;
  readonly input: SettingInput;
  /** What may be filled in. */
  readonly rule: string;
  /** The present value as it stands in the form's fields. */
  readonly fields: Readonly<Record<string, string>>;
  readonly seen: string;
}

/** Asks for a setting's new value. */
export function settingCard(view: SettingView): Card {
  const { name, label, words, input, rule, fields, seen } = view;
  return card({
    title: '改设置',
    color: 'orange',
    summary: '改设置',
    elements: [
      paragraph(label, { max: 60 }),
      ...facts([{ label: '现在', value: words }]),
      form('settingForm', [
        ...drawSetting(input, fields),
        notation(input === 'timeRange' ? `${rule}。两个时间写成一样，就是不设。` : `${rule}。`),
        submit({
          label: '保存',
          value: encodeAction({ action: 'setting.change', name, seen }),
          type: 'primary_filled',
        }),
      ]),
      button({ label: '不改，回到设置', value: encodeAction({ action: 'setting.list' }) }),
    ],
  });
}

function drawSetting(input: SettingInput, fields: SettingView['fields']) {
  const { yesNo, days, percent, time, timeRange } = settingForms;
  const state = (name: string) => ({ value: fields[name] });
  switch (input) {
    case 'yesNo':
      return drawField(yesNo, 'answer', state('answer'));
    case 'days':
      return drawField(days, 'days', state('days'));
    case 'percent':
      return drawField(percent, 'percent', state('percent'));
    case 'time':
      return drawField(time, 'time', state('time'));
    case 'timeRange':
      return [...drawField(timeRange, 'from', state('from')), ...drawField(timeRange, 'to', state('to'))];
  }
}
