/**
 * What an administrator may set: one table, from which code reads its values. A new setting is its name in `src/domain/setting.ts`, an
 * entry here and `settingOf(ctx, 'itsName')` where it counts; card, form, ledger and check follow.
 */
import * as z from 'zod';
import { weightWords } from '../../cards/scores.ts';
import { settingReads } from '../../db/repositories/setting.ts';
import type { Reading } from '../ctx.ts';
import { addDays, isDay } from '../domain/calendar.ts';
import { isLevelName, LEVEL_NAME_MAX, type LevelNames, namedLevels, planLevelNames } from '../domain/level-names.ts';
import { OWN_NAME_MAX, ownDaysLines, STRETCH_DAYS_MAX } from '../domain/own-days.ts';
import { type QuietHours, timeOfDayPattern } from '../domain/quiet.ts';
import { CASES_MIN_MAX, defaultScoring, type Scoring, scoreParts, WEIGHTS_SUM, weightsFault } from '../domain/score.ts';
import type { SettingInput, SettingName } from '../domain/setting.ts';
import type { OwnDays } from '../domain/working-calendar.ts';

interface Setting<Value> {
  /** What it is called where people read it. */
  readonly label: string;
  readonly schema: z.ZodType<Value>;
  /** Counts while nothing is set, and for what is stored and does not fit the schema. */
  readonly fallback: Value;
  /** A value in words. */
  readonly words: (value: Value) => string;
  /** What its form asks for. */
  readonly input: SettingInput;
  /** What to fill in, said to whoever filled in something else. */
  readonly rule: string;
  /** What is the matter with a value that does not fit, where more can be said than the rule. */
  readonly fault?: (wanted: unknown) => string | undefined;
}

/** Infers the value's type from the schema. */
function setting<Value>(one: Setting<Value>): Setting<Value> {
  return one;
}

const timeOfDay = z.string().regex(timeOfDayPattern);
const timeRule = '时间请写成 09:00 这样，24小时制';
const days = (fallback: number, most: number) => ({
  schema: z.number().int().min(1).max(most),
  fallback,
  words: (count: number) => `${count}个工作日`,
  input: 'days' as const,
  rule: `请写1到${most}之间的整数`,
});

/** Of all years; those that have passed stay. */
const OWN_DAYS_MAX = 1000;
const day = z.string().refine(isDay);
const ownDaysSchema = z
  .object({ from: day, to: day, kind: z.enum(['off', 'work']), name: z.string().max(2 * OWN_NAME_MAX) })
  .refine(({ from, to }) => from <= to && to <= addDays(from, STRETCH_DAYS_MAX - 1));

const levelName = z.string().refine(isLevelName);
const levelNamesSchema = z
  .object({ banner: levelName, town: levelName, village: levelName })
  .refine((names) => new Set(Object.values(names)).size === namedLevels.length);

/** The first few, so that a card and a message stay short. */
function ownDaysInBrief(days: readonly OwnDays[]): string {
  const SHOWN = 4;
  const shown = ownDaysLines(days.slice(0, SHOWN)).join('，').replaceAll('年，', '年');
  return days.length === 0 ? '没有' : `${shown}${days.length > SHOWN ? `等${days.length}段` : ''}`;
}

export const settings = {
  reportIncludes15th: setting<boolean>({
    label: '月报15日当天报送算按时',
    schema: z.boolean(),
    fallback: true,
    words: (counts) => (counts ? '算' : '不算，14日截止'),
    input: 'yesNo',
    rule: '请选“算”或“不算”',
  }),
  digestTime: setting<string>({
    label: '工作日提醒的时间',
    schema: timeOfDay,
    fallback: '09:00',
    words: (time) => time,
    input: 'time',
    rule: timeRule,
  }),
  /** Nothing that the program begins by itself is posted then; equal ends: at no time. */
  quietHours: setting<QuietHours>({
    label: '免打扰时间',
    schema: z.object({ from: timeOfDay, to: timeOfDay }),
    fallback: { from: '20:00', to: '08:00' },
    words: ({ from, to }) => (from === to ? '没有' : `${from}到${to < from ? '次日' : ''}${to}`),
    input: 'timeRange',
    rule: timeRule,
  }),
  /** Of every item for which nobody has said any, 其他事项 among them, from then on; a case keeps its own. */
  defaultPromisedDays: setting<number>({ ...days(5, 120), label: '其他事项和没写时限的事项的承诺时限' }),
  followUpDays: setting<number>({ ...days(3, 60), label: '送达后几个工作日没有回访就提醒' }),
  rectificationDays: setting<number>({ ...days(15, 120), label: '不满意件的整改期限' }),
  /** Years after the archiving; 0: nothing is deleted by itself. A case file is kept for ten years in most archives, for thirty in some. */
  retentionYears: setting<number>({
    label: '归档满几年，自动删除群众的个人信息',
    schema: z.number().int().min(0).max(50),
    fallback: 0,
    words: (years) => (years === 0 ? '不自动删除' : `${years}年`),
    input: 'years',
    rule: '请写1到50之间的整数；写0就是不自动删除',
  }),
  /** Of the bulletins that are drafted or counted anew from then on; each keeps its own. */
  scoring: setting<Scoring>({
    label: '季度通报的计分办法',
    schema: z.object({
      weights: z
        .record(z.enum(scoreParts), z.number().int().min(0).max(WEIGHTS_SUM))
        .refine((weights) => scoreParts.reduce((sum, part) => sum + weights[part], 0) === WEIGHTS_SUM),
      casesMin: z.number().int().min(1).max(CASES_MIN_MAX),
    }),
    fallback: defaultScoring,
    words: (scoring) => `${weightWords(scoring)}；不满${scoring.casesMin}件不排名`,
    input: 'scoring',
    fault: weightsFault,
    rule: `各项分值写0到${WEIGHTS_SUM}的整数，加起来正好${WEIGHTS_SUM}；件数写1到${CASES_MIN_MAX}`,
  }),
  /** Of what is rated well; 0: nothing is drawn. */
  checkedPercent: setting<number>({
    label: '满意件抽查回访的比例',
    schema: z.number().int().min(0).max(100),
    fallback: 5,
    words: (percent) => (percent === 0 ? '不抽查' : `${percent}%`),
    input: 'percent',
    rule: '请写0到100之间的整数，0是不抽查',
  }),
  /** Above the published table, in the order of their days. A promise that was made before keeps its day. */
  ownDays: setting<readonly OwnDays[]>({
    label: '自定放假和上班的日子',
    schema: z.array(ownDaysSchema).max(OWN_DAYS_MAX),
    fallback: [],
    words: ownDaysInBrief,
    input: 'ownDays',
    rule: '一行一段，如：8月15日至17日 放假 那达慕；2月14日 上班。国务院的放假通知可以整段粘贴',
  }),
  /** In what the program says from then on. What was sent or written before stays. */
  levelNames: setting<LevelNames>({
    label: '各级单位的叫法',
    schema: levelNamesSchema,
    fallback: planLevelNames,
    words: (names) => namedLevels.map((level) => names[level]).join('、'),
    input: 'levelNames',
    rule: `每级一个叫法，用汉字，最多${LEVEL_NAME_MAX}个字，可以有括号和顿号，三级不能一样`,
  }),
} satisfies Readonly<Record<SettingName, unknown>>;

export type SettingValue<Name extends SettingName> = (typeof settings)[Name]['fallback'];

/** The value that counts now. */
export async function settingOf<Name extends SettingName>(
  { tx }: Pick<Reading, 'tx'>,
  name: Name,
): Promise<SettingValue<Name>> {
  return valueFrom(name, await settingReads.get(tx, name));
}

/** Why a value is not taken, and what would be. */
export function unfitWords(name: SettingName, wanted: unknown): string {
  const { rule, fault } = settingNamed(name);
  const said = fault?.(wanted);
  return said === undefined ? rule : `${said}，${rule}`;
}

/** A setting as it is shown and compared. */
export interface SettingState {
  readonly value: unknown;
  readonly words: string;
}

/** What counts of what is stored. */
export function settingState(name: SettingName, stored: unknown): SettingState {
  const value = valueFrom(name, stored);
  return { value, words: settingNamed(name).words(value) };
}

/** The value as it would be stored; undefined when it does not fit the setting. */
export function checkSetting(name: SettingName, wanted: unknown): SettingState | undefined {
  const { schema, words } = settingNamed(name);
  const read = schema.safeParse(wanted);
  return read.success ? { value: read.data, words: words(read.data) } : undefined;
}

function valueFrom<Name extends SettingName>(name: Name, stored: unknown): SettingValue<Name> {
  const { schema, fallback }: Setting<SettingValue<Name>> = settingNamed(name);
  const read = schema.safeParse(stored);
  return read.success ? read.data : fallback;
}

/** Guarantee of the cast: the entry of a name holds that name's type of value, by the type's definition. */
function settingNamed<Name extends SettingName>(name: Name): Setting<SettingValue<Name>> {
  return settings[name] as unknown as Setting<SettingValue<Name>>;
}
