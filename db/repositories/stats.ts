import { and, asc, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { preparedForRow } from '../prepared.ts';
import type { statCounters } from '../schema/sqlite.ts';

export type CounterRow = typeof statCounters.$inferSelect;
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
  'rated',
  'ratedSatisfied',
  'ratingPoints',
] as const satisfies readonly (keyof CounterRow)[];
export type CounterName = (typeof counterNames)[number];
export type Counters = Record<CounterName, number>;

/** A stretch of local days, both ends included; `from` undefined: since the beginning. */
export interface CounterScope {
  readonly unitIds: readonly number[];
  readonly dimension: string;
  readonly from: string | undefined;
  readonly to: string;
}

const addCounters = preparedForRow<typeof statCounters.$inferInsert>()(({ q, t }, row) => {
  const set: Partial<Record<CounterName, SQL>> = {};
  for (const name of counterNames) {
    if (name in row) set[name] = sql`${t.statCounters[name]} + ${sql.raw(`excluded.${t.statCounters[name].name}`)}`;
  }
  return q
    .insert(t.statCounters)
    .values(row)
    .onConflictDoUpdate({ target: [t.statCounters.unitId, t.statCounters.dimension, t.statCounters.day], set })
    .prepare();
});

export const statsReads = {
  /** Sums per unit; units without a case in the scope are absent. */
  async byUnit({ q, t }: Tx, scope: CounterScope): Promise<Map<number, Counters>> {
    const rows = await q
      .select({ unitId: t.statCounters.unitId, ...sums(t) })
      .from(t.statCounters)
      .where(
        and(
          inArray(t.statCounters.unitId, [...scope.unitIds]),
          eq(t.statCounters.dimension, scope.dimension),
          lte(t.statCounters.day, scope.to),
          scope.from === undefined ? undefined : gte(t.statCounters.day, scope.from),
        ),
      )
      .groupBy(t.statCounters.unitId)
      .orderBy(asc(t.statCounters.unitId));
    return new Map(rows.map(({ unitId, ...counters }) => [unitId, counters]));
  },
};

export const statsWrites = {
  /** Adds to one day's counters of one unit and dimension; nothing happens when all are 0. */
  async add(tx: Tx, row: { unitId: number; day: string; dimension: string; add: Partial<Counters> }): Promise<void> {
    const added = Object.fromEntries(Object.entries(row.add).filter(([, more]) => more !== 0));
    if (Object.keys(added).length === 0) return;
    const { query, values } = addCounters(tx, {
      unitId: row.unitId,
      day: row.day,
      dimension: row.dimension,
      ...added,
    });
    await query.execute(values);
  },
};

function sums(t: Tx['t']): Record<CounterName, SQL<number>> {
  const total = (name: CounterName) => sql<number>`coalesce(sum(${t.statCounters[name]}), 0)`.mapWith(Number);
  return Object.fromEntries(counterNames.map((name) => [name, total(name)])) as Record<CounterName, SQL<number>>;
}
