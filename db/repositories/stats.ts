import { and, asc, between, eq, inArray, type SQL, sql } from 'drizzle-orm';
import {
  type Counted,
  type CounterKey,
  type CounterName,
  type Counters,
  counterNames,
  counterPeriods,
  type Dimension,
  noCounters,
  type PeriodSpan,
} from '../../src/domain/counters.ts';
import type { Tx } from '../client.ts';
import { prepared } from '../prepared.ts';
import type { statCounters } from '../schema/sqlite.ts';

export type CounterRow = typeof statCounters.$inferSelect;

export interface CounterScope {
  readonly unitIds: readonly number[];
  readonly dimension: Dimension;
  /** Only these keys of the dimension; all of them if absent. */
  readonly keys?: readonly string[];
  /** Rows of days or of months: see `periodSpans`. */
  readonly span: PeriodSpan;
  /** Only these counters are added up, the others are 0; all of them if absent. */
  readonly names?: readonly CounterName[];
}

/** What the sums are kept apart by. */
export type SumsBy = 'unitId' | 'key' | 'period';

const KEYS_AT_ONCE = 100;

/** Statements that add, by how many rows they have and to which counters they add. */
const kept = prepared(() => new Map<string, ReturnType<typeof upsert>>());

function upsert({ q, t }: Tx, shape: { rows: number; names: readonly CounterName[] }) {
  const added = new Set(shape.names);
  // A number that is not added is written out: drizzle would hand it over with every row each time.
  const amounts = counterNames.map((name) => [name, added.has(name) ? sql.placeholder(name) : sql`0`] as const);
  const rows = Array.from({ length: shape.rows }, (_, index) => ({
    unitId: sql.placeholder(`unitId${index}`),
    dimension: sql.placeholder(`dimension${index}`),
    period: sql.placeholder(`period${index}`),
    key: sql.placeholder(`key${index}`),
    ...(Object.fromEntries(amounts) as Record<CounterName, SQL>),
  }));
  const set = shape.names.map((name) => {
    const column = t.statCounters[name];
    return [name, sql`${column} + ${sql.raw(`excluded.${column.name}`)}`] as const;
  });
  const { unitId, dimension, period, key } = t.statCounters;
  return q
    .insert(t.statCounters)
    .values(rows)
    .onConflictDoUpdate({ target: [unitId, dimension, period, key], set: Object.fromEntries(set) })
    .prepare();
}

export const statsReads = {
  /** Sums of each unit, key or period that has a row in the scope. */
  async sums<By extends SumsBy>({ q, t }: Tx, scope: CounterScope, by: By): Promise<Map<CounterRow[By], Counters>> {
    const column = t.statCounters[by];
    const names = scope.names ?? counterNames;
    const rows = await q
      .select({ by: column, ...sumsOf(t, names) })
      .from(t.statCounters)
      .where(
        and(
          inArray(t.statCounters.unitId, [...scope.unitIds]),
          eq(t.statCounters.dimension, scope.dimension),
          between(t.statCounters.period, ...scope.span),
          scope.keys && inArray(t.statCounters.key, [...scope.keys]),
        ),
      )
      .groupBy(column)
      .orderBy(asc(column));
    return new Map(rows.map(({ by: value, ...counters }) => [value as CounterRow[By], { ...noCounters, ...counters }]));
  },

  /** Every row of one unit, in the order of its key. */
  async ofUnit({ q, t }: Tx, unitId: number): Promise<CounterRow[]> {
    const { dimension, period, key } = t.statCounters;
    return q.select().from(t.statCounters).where(eq(t.statCounters.unitId, unitId)).orderBy(dimension, period, key);
  },
};

export const statsWrites = {
  /** Adds an event of one day to the days, months and totals of all its keys, in one statement; nothing when all are 0. */
  async add(tx: Tx, event: { keys: readonly CounterKey[]; day: string; add: Counted }): Promise<void> {
    const names = counterNames.filter((name) => (event.add[name] ?? 0) !== 0);
    const rows = event.keys.flatMap((key) =>
      counterPeriods(key.dimension, event.day).map((period) => ({ period, ...key })),
    );
    if (names.length === 0 || rows.length === 0) return;
    const statements = kept(tx);
    const shape = `${rows.length} ${names.join()}`;
    const statement = statements.get(shape) ?? upsert(tx, { rows: rows.length, names });
    statements.set(shape, statement);
    const values: Record<string, unknown> = { ...event.add };
    for (const [index, { unitId, dimension, period, key }] of rows.entries()) {
      values[`unitId${index}`] = unitId;
      values[`dimension${index}`] = dimension;
      values[`period${index}`] = period;
      values[`key${index}`] = key;
    }
    await statement.execute(values);
  },

  async deleteUnit({ q, t }: Tx, unitId: number): Promise<void> {
    await q.delete(t.statCounters).where(eq(t.statCounters.unitId, unitId));
  },

  async insert({ q, t }: Tx, rows: readonly CounterRow[]): Promise<void> {
    for (let first = 0; first < rows.length; first += KEYS_AT_ONCE) {
      await q.insert(t.statCounters).values(rows.slice(first, first + KEYS_AT_ONCE));
    }
  },
};

function sumsOf(t: Tx['t'], names: readonly CounterName[]): Record<CounterName, SQL<number>> {
  const total = (name: CounterName) => sql<number>`sum(${t.statCounters[name]})`.mapWith(Number);
  return Object.fromEntries(names.map((name) => [name, total(name)])) as Record<CounterName, SQL<number>>;
}
