/** 超期在办: what is open now and past its promised day. Read from the open cases, because no counter moves when a day passes. */
import { inHandsKey, overdueKey } from '../../../db/repositories/stats.ts';
import type { Reading } from '../../ctx.ts';
import { endOfDay } from '../../domain/calendar.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { type Figures, noFigures } from '../../domain/figures.ts';
import type { LocalDays } from '../../domain/working-calendar.ts';
import { localDays } from '../setting/calendar.ts';
import type { Days, Question } from './figures.ts';

/** Cases that are overdue alike: of one registrar, version of an item and promised day. */
export interface OverdueCases extends ReturnType<typeof overdueKey> {
  readonly count: number;
  /** Working days past the promised day, from 1. */
  readonly daysLate: number;
}

/** Where days past the promised one are counted, and from when (ms). */
export interface OverdueAt extends LocalDays {
  readonly now: number;
}

export async function overdueAt(ctx: Reading): Promise<OverdueAt> {
  return { ...(await localDays(ctx)), now: ctx.now };
}

/** What these units registered and is overdue now; of these versions of items, or of all. */
export function overdueQuestion(
  { now, ...days }: OverdueAt,
  wanted: { readonly unitIds: readonly number[]; readonly versionIds?: readonly number[] | undefined },
): Question<OverdueCases[]> {
  return {
    sums: [{ overdue: { ...wanted, before: now } }],
    answer: ([found = new Map()]) =>
      [...found].map(([key, { registered }]) => {
        const facts = overdueKey(key);
        return { ...facts, count: registered, daysLate: -remainingWorkingDays(facts.dueAt, now, days) };
      }),
  };
}

/** Overdue cases of one handler, holding unit and promised day. */
export interface InHandsCases extends ReturnType<typeof inHandsKey> {
  readonly count: number;
  /** Working days past the promised day, from 1. */
  readonly daysLate: number;
}

/** What people of these units have in hand and is overdue now. */
export function inHandsQuestion(
  { now, ...days }: OverdueAt,
  wanted: { readonly unitIds: readonly number[] },
): Question<InHandsCases[]> {
  return {
    sums: [{ inHands: { ...wanted, before: now } }],
    answer: ([found = new Map()]) =>
      [...found].map(([key, { registered }]) => {
        const facts = inHandsKey(key);
        return { ...facts, count: registered, daysLate: -remainingWorkingDays(facts.dueAt, now, days) };
      }),
  };
}

/** Those whose promised day was over by the end of the period. */
export function overdueBy<Cases extends { readonly dueAt: number }>(
  cases: readonly Cases[],
  period: Pick<Days, 'to'>,
  zone: string,
): Cases[] {
  const end = endOfDay(period.to, zone);
  return cases.filter(({ dueAt }) => dueAt < end);
}

type Late = Pick<OverdueCases, 'count' | 'daysLate'>;

/** The figures with what is overdue. */
export function withOverdue(figures: Figures, cases: readonly Late[]): Figures {
  const overdue = cases.reduce((sum, { count }) => sum + count, 0);
  const overdueDays = cases.reduce((sum, { count, daysLate }) => sum + count * daysLate, 0);
  return { ...figures, overdue, overdueDays };
}

/** The figures of each key with what is overdue under it; undefined: under none. */
export function withOverdueEach<Cases extends Late>(
  figures: ReadonlyMap<string, Figures>,
  cases: readonly Cases[],
  keyOf: (one: Cases) => string | number | null | undefined,
): Map<string, Figures> {
  const byKey = new Map<string, Cases[]>();
  for (const one of cases) {
    const key = keyOf(one);
    if (key === null || key === undefined) continue;
    const together = byKey.get(String(key));
    if (together) together.push(one);
    else byKey.set(String(key), [one]);
  }
  const all = new Map(figures);
  for (const [key, own] of byKey) all.set(key, withOverdue(all.get(key) ?? noFigures, own));
  return all;
}

/** Working days by which the longest is past its promised day; null without any. */
export function longestOverdue(cases: readonly OverdueCases[]): number | null {
  return cases.length === 0 ? null : cases.reduce((longest, { daysLate }) => Math.max(longest, daysLate), 0);
}
