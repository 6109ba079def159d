/**
 * Versions of an item of the catalogue: from which day to which each is in force, what differs between two, and whom a change concerns. The
 * plan's section 6 wants the catalogue adjusted as things change (动态调整); what was promised to a resident stays as it was promised.
 */
import { addDays, isDay } from './calendar.ts';
import type { AssistType } from './case.ts';
import { differencesOf } from './import/plan.ts';
import { type ItemLevel, itemLevelOfUnit, itemLevels, type UnitLevel } from './unit.ts';

/** Since when what a new installation knows is in force: the year of the plan. */
export const FIRST_DAY = '2022-01-01';

/** Working days that can be promised, at most. */
export const PROMISED_DAYS_MAX = 365;
export const MATERIALS_MAX = 30;
export const MATERIAL_CHARACTERS_MAX = 100;
/** How far ahead a change can be planned. */
const AHEAD_DAYS_MAX = 366;

/** What an item promises. */
export interface Promised {
  readonly department: string;
  readonly departmentUnitId: number | null;
  readonly levels: readonly ItemLevel[];
  readonly assistType: AssistType;
  /** Working days; null: as the setting has it. */
  readonly workingDays: number | null;
  readonly materials: readonly string[];
  readonly guide: string;
  readonly active: boolean;
}

/** Of an item's row, or a version's, what it promises. */
export function promisedOf({
  department,
  departmentUnitId,
  levels,
  assistType,
  workingDays,
  ...more
}: Promised): Promised {
  const { materials, guide, active } = more;
  return { department, departmentUnitId, levels, assistType, workingDays, materials, guide, active };
}

/** What decides when a version is in force. */
export interface DatedVersion {
  readonly id: number;
  readonly effectiveDay: string;
  readonly withdrawnAt: number | null;
}

/**
 * The day on which each version's time is over, by id: that on which the next one begins, null for the last. Of two that begin on one day
 * the later one counts; what was withdrawn has no time at all.
 */
export function untilDays(versions: readonly DatedVersion[]): Map<number, string | null> {
  const standing = versions
    .filter(({ withdrawnAt }) => withdrawnAt === null)
    .sort((a, b) => (a.effectiveDay === b.effectiveDay ? a.id - b.id : a.effectiveDay < b.effectiveDay ? -1 : 1));
  const withdrawn = versions.filter(({ withdrawnAt }) => withdrawnAt !== null);
  return new Map([
    ...standing.map(({ id }, place) => [id, standing[place + 1]?.effectiveDay ?? null] as const),
    ...withdrawn.map(({ id, effectiveDay }) => [id, effectiveDay] as const),
  ]);
}

/** The version that waits for its day; undefined when none does. There is one at most. */
export function plannedOf<Version extends DatedVersion>(
  versions: readonly Version[],
  today: string,
): Version | undefined {
  return versions.findLast(({ effectiveDay, withdrawnAt }) => effectiveDay > today && withdrawnAt === null);
}

const assistWords: Readonly<Record<AssistType, string>> = { local: '本级帮办代办', extended: '延伸帮办代办' };
/** Characters of a text that a difference quotes. */
const QUOTED_MAX = 40;

/** What was, and what will be, in words; empty where nothing differs. */
export function versionDifferences(was: Promised, is: Promised): string[] {
  return [
    ...(was.active === is.active ? [] : [is.active ? '重新启用' : '停用，不再登记']),
    ...differencesOf([
      ['承诺时限', daysText(was), daysText(is)],
      ['主管部门', was.department, is.department],
      ['实施层级', was.levels.join('、'), is.levels.join('、')],
      ['帮办类型', assistWords[was.assistType], assistWords[is.assistType]],
    ]),
    ...(was.departmentUnitId !== is.departmentUnitId && was.department === is.department
      ? [`承办单位改为${is.department}`]
      : []),
    ...materialDifferences(was.materials, is.materials),
    ...guideDifferences(was.guide, is.guide),
  ];
}

function daysText({ workingDays }: Promised): string {
  return workingDays === null ? '没有写' : `${workingDays}个工作日`;
}

function materialDifferences(was: readonly string[], is: readonly string[]): string[] {
  const added = is.filter((material) => !was.includes(material));
  const gone = was.filter((material) => !is.includes(material));
  if (added.length + gone.length > 0) {
    return [
      ...(added.length > 0 ? [`增加材料：${added.join('、')}`] : []),
      ...(gone.length > 0 ? [`去掉材料：${gone.join('、')}`] : []),
    ];
  }
  return JSON.stringify(was) === JSON.stringify(is) ? [] : [`材料换了次序：${is.join('、')}`];
}

function guideDifferences(was: string, is: string): string[] {
  if (was === is) return [];
  if (is === '') return ['去掉办事指南'];
  const quoted = [...is.replace(/\s+/gu, ' ')];
  const shown = quoted.length > QUOTED_MAX ? `${quoted.slice(0, QUOTED_MAX).join('')}…` : quoted.join('');
  return [`${was === '' ? '增加' : '改了'}办事指南：${shown}`];
}

/** Does a change concern the people of a unit? A town and a village of what is done there; a department of what is, or was, its own. */
export function concernsUnit(
  unit: { readonly id: number; readonly level: UnitLevel },
  versions: readonly Pick<Promised, 'levels' | 'departmentUnitId'>[],
): boolean {
  return versions.some(({ levels, departmentUnitId }) => {
    if (unit.level === 'department') return departmentUnitId === unit.id;
    const places: readonly UnitLevel[] = ['town', 'village', 'outlet'];
    return places.includes(unit.level) && levels.includes(itemLevelOfUnit[unit.level]);
  });
}

/** What somebody has filled in; a sentence for each field that cannot be taken. */
export type ReadMaterials =
  | { readonly ok: true; readonly materials: string[] }
  | { readonly ok: false; readonly problem: string };

/** One a line, in the order of the lines; numbers in front of them are left out, and what stands there twice stands once. */
export function readMaterials(text: string): ReadMaterials {
  const lines = text.split(/[\n\r]+/u).map((line) => withoutNumber(line.replace(/\s+/gu, ' ').trim()));
  const materials = [...new Set(lines.filter((line) => line !== ''))];
  if (materials.length > MATERIALS_MAX) return { ok: false, problem: `材料最多${MATERIALS_MAX}样` };
  const long = materials.find((material) => [...material].length > MATERIAL_CHARACTERS_MAX);
  return long === undefined
    ? { ok: true, materials }
    : { ok: false, problem: `“${[...long].slice(0, 10).join('')}…”太长，一样材料最多${MATERIAL_CHARACTERS_MAX}个字` };
}

/** `1. 户口本`, `（2）身份证`, `3、照片`: the card numbers them itself. */
function withoutNumber(line: string): string {
  return line.replace(/^(?:[（(]\s?\d{1,2}\s?[）)]|\d{1,2}\s?[.．、)）](?!\d))\s*/u, '');
}

/** 5, ５, 5天, 5个工作日, 十个工作日; undefined for what is no number of days that can be promised. */
export function readPromisedDays(text: string): number | undefined {
  const days = Number(/^(\d{1,3})\s*(?:个?工作日|天|日)?$/.exec(inDigits(text.normalize('NFKC').trim()))?.[1]);
  return days >= 1 && days <= PROMISED_DAYS_MAX ? days : undefined;
}

const NUMERALS = '零一二三四五六七八九';

/** 十天 as 10天, 二十五 as 25, 两日 as 2日. */
function inDigits(text: string): string {
  const digitOf = (sign: string) => (sign === '' ? 0 : NUMERALS.indexOf(sign.replace('两', '二')));
  return text.replace(
    /^([二三四五六七八九]?)十([一二三四五六七八九]?)|^[一二两三四五六七八九]/u,
    (written, tens, ones) =>
      written.includes('十') ? String((digitOf(tens) || 1) * 10 + digitOf(ones)) : String(digitOf(written)),
  );
}

export type ReadDay =
  | { readonly ok: true; readonly day: string }
  | { readonly ok: false; readonly problem: 'unknown' | 'past' | 'far' };

/** 今天, 明天, 2026-12-05, 2026年12月5日, 12月5日, 12-5: a day from today on, at most a year ahead. Without a year the next such day. */
export function readEffectiveDay(text: string, today: string): ReadDay {
  const day = dayIn(text.normalize('NFKC').replace(/\s+/gu, ''), today);
  if (day === undefined) return { ok: false, problem: 'unknown' };
  if (day < today) return { ok: false, problem: 'past' };
  return day > addDays(today, AHEAD_DAYS_MAX) ? { ok: false, problem: 'far' } : { ok: true, day };
}

function dayIn(text: string, today: string): string | undefined {
  const ahead = ['今天', '明天', '后天'].indexOf(text);
  if (ahead !== -1) return addDays(today, ahead);
  const found = /^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?$/.exec(text);
  if (!found) return undefined;
  const [, year, month = '', dayOfMonth = ''] = found;
  const inYear = (of: number) => `${of}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  const thisYear = Number(today.slice(0, 4));
  const first = inYear(year === undefined ? thisYear : Number(year));
  const day = year === undefined && first < today ? inYear(thisYear + 1) : first;
  return isDay(day) ? day : undefined;
}

/** `12月1日` of a day; with its year where it is another than that of `today`. */
export function dayWords(day: string, today: string): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  return `${day.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${month}月${dayOfMonth}日`;
}

/** Highest first, as the annex prints them. */
export function levelsInOrder(chosen: ReadonlySet<ItemLevel>): ItemLevel[] {
  return itemLevels.filter((level) => chosen.has(level));
}
