/**
 * What is counted of cases and under which keys. Counters count events on the day they happen (a case registered in October and
 * completed in November adds one to each); `…Now` go up and down, so that their sum since the beginning is what stands there.
 */
import { addDays } from './calendar.ts';
import type { AssistType, CaseState, ServiceWay } from './case.ts';
import type { UnitLevel } from './unit.ts';

/** `…Minutes` are working minutes, see `office-hours.ts`. */
export const counterNames = [
  'registered',
  'accepted',
  'acceptMinutes',
  'returned',
  'returnedAgain',
  'escalated',
  'completed',
  'completedOnTime',
  'completeMinutes',
  'withdrawn',
  'delivered',
  'refused',
  'terminated',
  'rated1',
  'rated2',
  'rated3',
  'rated4',
  'rated5',
  'acceptedNow',
  'returnedNow',
  'suspendedNow',
] as const;
export type CounterName = (typeof counterNames)[number];
export type Counters = Readonly<Record<CounterName, number>>;
export type Counted = Partial<Counters>;
export const noCounters = Object.fromEntries(counterNames.map((name) => [name, 0])) as Counters;

/** The counters whose sums since the beginning tell what stands. */
export const standingNames = [
  'registered',
  'completed',
  'withdrawn',
  'delivered',
  'terminated',
  'acceptedNow',
  'returnedNow',
  'suspendedNow',
] as const satisfies readonly CounterName[];
export type Standing = Readonly<Record<(typeof standingNames)[number], number>>;
/** The counters whose sums over a period tell what happened in it. */
export const flowNames = counterNames.filter((name) => !name.endsWith('Now'));

/** The counters that are kept of whoever dealt with a case. */
const handledNames = [
  'returned',
  'returnedAgain',
  'completed',
  'completedOnTime',
  'refused',
  'rated1',
  'rated2',
  'rated3',
  'rated4',
  'rated5',
] as const satisfies readonly CounterName[];

/**
 * `all` has one key, ''; `item` has `<id of the item's version>:<assist type>`, `way` the way of service, `agent` the registrar's id, `handler` the
 * id of who dealt with the case, under the unit where they did.
 */
export const dimensions = ['all', 'agent', 'item', 'way', 'handler'] as const;
export type Dimension = (typeof dimensions)[number];

/** Whose counters a case's events go to. */
export interface CountedCase {
  /** The registering unit, then its parents up to the root. */
  readonly line: readonly { readonly id: number; readonly level: UnitLevel }[];
  readonly registrarId: number;
  readonly itemVersionId: number;
  readonly assistType: AssistType;
  readonly way: ServiceWay;
}

export interface CounterKey {
  readonly unitId: number;
  readonly dimension: Dimension;
  readonly key: string;
}

/** Who dealt with a case (经办人), and the unit they worked in then (办理单位). */
export interface Handler {
  readonly agentId: number;
  readonly unitId: number;
}

/** What a step adds to the counters of whoever dealt with the case. */
export interface HandledCount {
  readonly by: Handler;
  readonly add: Counted;
}

export function handlerKey({ agentId, unitId }: Handler): CounterKey {
  return { unitId, dimension: 'handler', key: String(agentId) };
}

/** What of a step's counts is its handler's. */
export function handledPart(add: Counted): Counted {
  return Object.fromEntries(handledNames.flatMap((name) => (add[name] ? [[name, add[name]]] : [])));
}

/** The sum since the beginning, beside the days and the months. */
export const TOTAL = 'total';
const LAST_DAY = '9999-12-31';

/**
 * Everything for every unit from the registering one up; items up to the banner; ways for the registering unit and the banner;
 * agents for the registering unit. What is not kept is a sum over the units below. Always in the same order, from the unit
 * upwards: the rows are locked in it, those of `handlerKey` after them.
 */
export function counterKeys({ line, ...counted }: CountedCase): CounterKey[] {
  const bannerAt = line.findIndex((unit) => unit.level === 'banner');
  const item = `${counted.itemVersionId}:${counted.assistType}`;
  return line.flatMap(({ id: unitId }, index) => {
    const first = index === 0;
    const keys: CounterKey[] = [{ unitId, dimension: 'all', key: '' }];
    if (first) keys.push({ unitId, dimension: 'agent', key: String(counted.registrarId) });
    if (first || index <= bannerAt) keys.push({ unitId, dimension: 'item', key: item });
    if (first || index === bannerAt) keys.push({ unitId, dimension: 'way', key: counted.way });
    return keys;
  });
}

/** One person's days and months are many and thin, so what stands since the beginning is kept as one row. */
export function keepsTotal(dimension: Dimension): boolean {
  return dimension === 'agent' || dimension === 'handler';
}

/** The rows of one key that an event of this day (YYYY-MM-DD) adds to. */
export function counterPeriods(dimension: Dimension, day: string): string[] {
  const periods = [day, monthOf(day)];
  return keepsTotal(dimension) ? [...periods, TOTAL] : periods;
}

/** The months' rows sort after all days' and before the total, so that either kind is one range. */
function monthOf(day: string): string {
  return `m${day.slice(0, 7)}`;
}

/** Both ends included, as text; of days only or of months only. */
export type PeriodSpan = readonly [first: string, last: string];

/**
 * The rows that make up a stretch of days (both ends included; undefined: since the beginning, until the end of time): whole
 * months as months, what sticks out as days.
 */
export function periodSpans(from: string | undefined, to: string | undefined): PeriodSpan[] {
  const first = from ?? '0000-01-01';
  const last = to ?? LAST_DAY;
  const firstMonth = first.endsWith('-01') ? first : startOfNextMonth(first);
  const lastMonthEnd = isMonthEnd(last) ? last : endOfMonthBefore(last);
  if (firstMonth > lastMonthEnd) return first > last ? [] : [[first, last]];
  const spans: PeriodSpan[] = [];
  if (first < firstMonth) spans.push([first, addDays(firstMonth, -1)]);
  spans.push([monthOf(firstMonth), monthOf(lastMonthEnd)]);
  if (lastMonthEnd < last) spans.push([addDays(lastMonthEnd, 1), last]);
  return spans;
}

/** Both together, counter by counter. */
export function sumOf(one: Counted, other: Counted): Counters {
  const sums = counterNames.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]);
  return Object.fromEntries(sums) as Counters;
}

/** How a change of state moves what stands where. */
export function standingChange(before: CaseState | undefined, after: CaseState): Counted {
  return {
    acceptedNow: Number(after === 'accepted') - Number(before === 'accepted'),
    returnedNow: Number(after === 'returned') - Number(before === 'returned'),
    suspendedNow: Number(after === 'suspended') - Number(before === 'suspended'),
  };
}

/** What a rating of 1 to 5 adds. */
export function ratingCount(rating: number): Counted {
  const name = counterNames.find((candidate) => candidate === `rated${rating}`);
  if (name === undefined) throw new RangeError(`not a rating: ${rating}`);
  return { [name]: 1 };
}

function isMonthEnd(day: string): boolean {
  return day === LAST_DAY || addDays(day, 1).endsWith('-01');
}

function startOfNextMonth(day: string): string {
  return `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}

function endOfMonthBefore(day: string): string {
  return addDays(`${day.slice(0, 7)}-01`, -1);
}
