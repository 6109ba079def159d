/**
 * What an administrator may set: one table, from which code reads its values. A new setting is a line here and
 * `settingOf(ctx, 'itsName')` where it counts.
 */
import * as z from 'zod';
import { settingReads } from '../../db/repositories/setting.ts';
import type { Reading } from '../ctx.ts';
import { type QuietHours, timeOfDayPattern } from '../domain/quiet.ts';

interface Setting<Value> {
  /** What it is called where people read it. */
  readonly label: string;
  readonly schema: z.ZodType<Value>;
  /** Counts while nothing is set, and for what is stored and does not fit the schema. */
  readonly fallback: Value;
  /** A value in words. */
  readonly words: (value: Value) => string;
}

/** Infers the value's type from the schema. */
function setting<Value>(one: Setting<Value>): Setting<Value> {
  return one;
}

const timeOfDay = z.string().regex(timeOfDayPattern);
const days = (fallback: number, most: number) => ({
  schema: z.number().int().min(1).max(most),
  fallback,
  words: (count: number) => `${count}个工作日`,
});

export const settings = {
  reportIncludes15th: setting<boolean>({
    label: '月报15日当天报送算按时',
    schema: z.boolean(),
    fallback: true,
    words: (counts) => (counts ? '算' : '不算，14日截止'),
  }),
  digestTime: setting<string>({
    label: '工作日提醒的时间',
    schema: timeOfDay,
    fallback: '09:00',
    words: (time) => time,
  }),
  /** Nothing that the program begins by itself is posted then; equal ends: at no time. */
  quietHours: setting<QuietHours>({
    label: '免打扰时间',
    schema: z.object({ from: timeOfDay, to: timeOfDay }),
    fallback: { from: '20:00', to: '08:00' },
    words: ({ from, to }) => (from === to ? '没有' : `${from}到次日${to}`),
  }),
  followUpDays: setting<number>({ ...days(3, 60), label: '送达后几个工作日没有回访就提醒' }),
  rectificationDays: setting<number>({ ...days(15, 120), label: '不满意件的整改期限' }),
};

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> = (typeof settings)[Name]['fallback'];

/** The value that counts now. */
export async function settingOf<Name extends SettingName>(
  { tx }: Pick<Reading, 'tx'>,
  name: Name,
): Promise<SettingValue<Name>> {
  const { schema, fallback }: Setting<SettingValue<Name>> = settingNamed(name);
  const stored = schema.safeParse(await settingReads.get(tx, name));
  return stored.success ? stored.data : fallback;
}

/** Guarantee of the cast: the entry of a name holds that name's type of value, by the type's definition. */
function settingNamed<Name extends SettingName>(name: Name): Setting<SettingValue<Name>> {
  return settings[name] as unknown as Setting<SettingValue<Name>>;
}
