/** 设置: what an administrator may set, each with its form. Both stand in a private chat. */
import { namedLevels } from '../src/domain/level-names.ts';
import { OWN_DAYS_TEXT_MAX, type WrongPiece } from '../src/domain/own-days.ts';
import { scoreParts } from '../src/domain/score.ts';
import type { SettingInput, SettingName } from '../src/domain/setting.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { settingForms } from './forms.ts';
import { bold, button, buttonColumn, card, columns, cut, facts, hr, notation, paragraph, redLine } from './kit.ts';
import { scorePartMeanings } from './scores.ts';

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
          { weight: 5, elements: [notation(label, 60), paragraph(words, { max: 120 })] },
          buttonColumn('改', encodeAction({ action: 'setting.ask', name })),
        ]),
        hr(),
      ]),
      button({ label: '还差什么', value: encodeAction({ action: 'setting.checklist' }), type: 'primary_filled' }),
      notation('每次改动记入台账，并告诉其他系统管理员。'),
    ],
  });
}

const WRONG_SHOWN = 8;

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
  /** Of days: what was read of the text, before it counts. */
  readonly preview?: OwnDaysPreview;
}

export interface OwnDaysPreview {
  readonly lines: readonly string[];
  readonly wrong: readonly WrongPiece[];
  /** What has to be known of these days besides. */
  readonly notes: readonly string[];
  /** Open cases that would be promised another day; they keep theirs. */
  readonly otherwisePromised: number;
  /** The mark of what was read; null where something was not understood. */
  readonly shown: string | null;
}

/** Asks for a setting's new value. */
export function settingCard(view: SettingView): Card {
  const { label, words, input, rule, fields } = view;
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
        ...(view.preview ? drawPreview(view.preview) : []),
        drawSave(view),
      ]),
      button({ label: '不改，回到设置', value: encodeAction({ action: 'setting.list' }) }),
    ],
  });
}

/** Days count after they have been shown as they were read. */
function drawSave({ name, input, seen, preview }: SettingView): CardElement {
  const shown = preview?.shown ?? undefined;
  const label = input !== 'ownDays' ? '保存' : shown === undefined ? '先看一遍' : '确认，保存';
  const value = { action: 'setting.change' as const, name, seen, ...(shown === undefined ? {} : { shown }) };
  return submit({ label, value: encodeAction(value), type: 'primary_filled' });
}

function drawPreview({ lines, wrong, notes, otherwisePromised }: OwnDaysPreview): CardElement[] {
  const more = wrong.length - WRONG_SHOWN;
  return [
    hr(),
    ...wrong.slice(0, WRONG_SHOWN).map(({ piece, why }) => redLine(`“${cut(piece, 24)}”：${why}`)),
    ...(more > 0 ? [redLine(`还有${more}处没看懂`)] : []),
    bold(lines.length === 0 ? '没有自定的日子' : '读到的是'),
    ...(lines.length === 0 ? [] : [paragraph(lines.join('\n'), { max: OWN_DAYS_TEXT_MAX })]),
    ...notes.map((note) => notation(note)),
    ...(otherwisePromised === 0
      ? []
      : [paragraph(`在办的有${otherwisePromised}件按新的算法会是另一天：已经承诺的日子不变。`)]),
    notation(wrong.length > 0 ? '请改好没看懂的再看一遍，还没有保存。' : '核对后点“确认，保存”，才算数。'),
  ];
}

function drawSetting(input: SettingInput, fields: SettingView['fields']) {
  const { yesNo, days, years, percent, time, timeRange, scoring, ownDays, levelNames } = settingForms;
  const state = (name: string) => ({ value: fields[name] });
  switch (input) {
    case 'yesNo':
      return drawField(yesNo, 'answer', state('answer'));
    case 'days':
      return drawField(days, 'days', state('days'));
    case 'years':
      return drawField(years, 'years', state('years'));
    case 'percent':
      return drawField(percent, 'percent', state('percent'));
    case 'time':
      return drawField(time, 'time', state('time'));
    case 'scoring':
      return [
        ...scoreParts.flatMap((part) => [...drawField(scoring, part, state(part)), notation(scorePartMeanings[part])]),
        ...drawField(scoring, 'casesMin', state('casesMin')),
      ];
    case 'levelNames':
      return namedLevels.flatMap((level) => drawField(levelNames, level, state(level)));
    case 'timeRange':
      return [...drawField(timeRange, 'from', state('from')), ...drawField(timeRange, 'to', state('to'))];
    case 'ownDays':
      return drawField(ownDays, 'ownDays', state('ownDays'));
  }
}
