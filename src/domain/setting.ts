/** The settings' names, and how what somebody types into their forms is read. What each means: `src/services/settings.ts`. */

import { type LevelNames, namedLevels } from './level-names.ts';
import { type Scoring, scoreParts } from './score.ts';
import { normalised } from './typed.ts';

/** In the order of the card. */
export const settingNames = [
  'digestTime',
  'quietHours',
  'defaultPromisedDays',
  'reportIncludes15th',
  'followUpDays',
  'rectificationDays',
  'retentionYears',
  'scoring',
  'checkedPercent',
  'ownDays',
  'levelNames',
] as const;
export type SettingName = (typeof settingNames)[number];

/** What a setting's form asks for. */
export type SettingInput =
  | 'yesNo'
  | 'days'
  | 'years'
  | 'percent'
  | 'time'
  | 'timeRange'
  | 'scoring'
  | 'ownDays'
  | 'levelNames';

/** What was filled in, by the names of the form's fields. */
export type SettingFilled = Readonly<Record<string, unknown>>;

/** The value that was meant; undefined, or a part of it, where it cannot be told. Whether it fits is for the setting's schema to say. */
export function settingFrom(input: SettingInput, filled: SettingFilled): unknown {
  switch (input) {
    case 'yesNo':
      return filled['answer'] === 'yes' ? true : filled['answer'] === 'no' ? false : undefined;
    case 'days':
      return wholeNumber(String(filled['days'] ?? ''));
    case 'years':
      return wholeYears(String(filled['years'] ?? ''));
    case 'percent':
      return wholeNumber(String(filled['percent'] ?? '').replace(/[%％]\s*$/, ''));
    case 'time':
      return timeOfDay(String(filled['time'] ?? ''));
    case 'scoring': {
      const numbers = scoreParts.map((part) => [part, plainNumber(String(filled[part] ?? ''))]);
      return { weights: Object.fromEntries(numbers), casesMin: plainNumber(String(filled['casesMin'] ?? '')) };
    }
    case 'timeRange':
      return { from: timeOfDay(String(filled['from'] ?? '')), to: timeOfDay(String(filled['to'] ?? '')) };
    // Read with the day of today, and shown before they count: `src/services/setting/own-days.ts`.
    case 'ownDays':
      return undefined;
    case 'levelNames':
      return Object.fromEntries(namedLevels.map((level) => [level, levelNameFrom(String(filled[level] ?? ''))]));
  }
}

/** How a value that fits its setting stands in the form. */
export function settingFields(input: SettingInput, value: unknown): Readonly<Record<string, string>> {
  switch (input) {
    case 'yesNo':
      return { answer: value === true ? 'yes' : 'no' };
    case 'days':
      return { days: String(value) };
    case 'years':
      return { years: String(value) };
    case 'percent':
      return { percent: String(value) };
    case 'time':
      return { time: String(value) };
    case 'scoring': {
      const { weights, casesMin } = value as Scoring;
      const fields = scoreParts.map((part) => [part, String(weights[part])]);
      return { ...Object.fromEntries(fields), casesMin: String(casesMin) };
    }
    case 'timeRange': {
      const { from, to } = { from: '', to: '', ...(typeof value === 'object' ? value : {}) };
      return { from, to };
    }
    case 'ownDays':
      return {};
    case 'levelNames':
      return { ...(value as LevelNames) };
  }
}

/** `乡镇 (街道)` as 乡镇（街道）. */
function levelNameFrom(text: string): string {
  return normalised(text, 'NFC').replaceAll('(', '（').replaceAll(')', '）').replace(/\s+/gu, '');
}

/** 3, ３, 3天, 3个工作日. */
function wholeNumber(text: string): number | undefined {
  const found = /^(\d{1,4})\s*(?:个?工作日|天|日)?$/.exec(text.normalize('NFKC').trim());
  return found ? Number(found[1]) : undefined;
}

/** 5, ５, 5年; 不删除, 不删 and 0 are none. */
function wholeYears(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim();
  if (/^不(?:自动)?删除?$/.test(plain)) return 0;
  const found = /^(\d{1,4})\s*年?$/.exec(plain);
  return found ? Number(found[1]) : undefined;
}

/** 20, ２０, 20分, 10件. */
function plainNumber(text: string): number | undefined {
  const found = /^(\d{1,3})\s*(?:分|件)?$/.exec(text.normalize('NFKC').trim());
  return found ? Number(found[1]) : undefined;
}

/** 9:00, 09：00, 9点, 9点半, 9点15分 as 09:00 and so on. Hours beyond the day stay, for the schema to refuse. */
function timeOfDay(text: string): string | undefined {
  const found = /^(\d{1,2})(?::(\d{2})|[点时](?:(半)|(\d{1,2})分?)?)$/.exec(text.normalize('NFKC').trim());
  if (!found) return undefined;
  const [, hour = '', colon, half, minute] = found;
  const minutes = half === undefined ? (colon ?? minute ?? '0') : '30';
  return `${hour.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
}
