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
import type { Gathered, Tx } from '../client.ts';
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
const ADDED_AT_ONCE = 32;

/** An event of one day, and the counters of which keys it adds to. */
export interface CounterEvent {
  readonly keys: readonly CounterKey[];
  readonly day: string;
  readonly add: Counted;
}

/** A row that is added to. */
type Place = Pick<CounterRow, 'unitId' | 'dimension' | 'period' | 'key'>;

/** How much is added to a key's rows. */
interface Sum {
  readonly of: CounterKey;
  readonly counters: Record<string, number>;
}

/** A statement that adds to several rows. */
interface Upsert {
  readonly query: ReturnType<typeof upsert>;
  /** Names of its placeholders, row by row. */
  readonly slots: readonly Slot[];
}

type Slot = Readonly<Record<keyof Place | CounterName, string>>;

/** By how many rows they have and to which counters they add. */
const kept = prepared(() => new Map<string, Upsert>());

function upsertOf(tx: Tx, shape: { rows: number; names: readonly CounterName[] }): Upsert {
  const statements = kept(tx);
  const key = `${shape.rows} ${shape.names.join()}`;
  const known = statements.get(key);
  if (known) return known;
  // Put together once: a name made anew for each value took longer than adding it up.
  const slots = Array.from({ length: shape.rows }, (_, row) => slotOf(row));
  const fresh = { query: upsert(tx, { slots, names: shape.names }), slots };
  statements.set(key, fresh);
  return fresh;
}

function slotOf(row: number): Slot {
  const named = ['unitId', 'dimension', 'period', 'key', ...counterNames].map((name) => [name, `${name}${row}`]);
  return Object.fromEntries(named) as Slot;
}

function upsert({ q, t }: Tx, shape: { slots: readonly Slot[]; names: readonly CounterName[] }) {
  const added = new Set(shape.names);
  const rows = shape.slots.map((slot) => {
    // A number that is not added is written out: drizzle would hand it over with every row each time.
    const amounts = counterNames.map((name) => [name, added.has(name) ? sql.placeholder(slot[name]) : sql`0`]);
    return {
      unitId: sql.placeholder(slot.unitId),
      dimension: sql.placeholder(slot.dimension),
      period: sql.placeholder(slot.period),
      key: sql.placeholder(slot.key),
      ...(Object.fromEntries(amounts) as Record<CounterName, SQL>),
    };
  });
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

/** Adds events up key by key and writes the sums; those of one day that add to the same counters together. */
const additions: Gathered<CounterEvent> = {
  async write(tx, events) {
    const groups = new Map<string, { names: CounterName[]; day: string; sums: Map<string, Sum> }>();
    for (const { keys, day, add } of events) {
      const names = counterNames.filter((name) => (add[name] ?? 0) !== 0);
      const together = `${day} ${names.join()}`;
      const group = groups.get(together) ?? { names, day, sums: new Map<string, Sum>() };
      groups.set(together, group);
      for (const of of keys) addTo(group.sums, { of, add, names });
    }
    const sizeFor = events.length === 1 ? (left: number) => left : powerOfTwo;
    for (const { names, day, sums } of groups.values()) {
      if (names.length > 0) await addRows(tx, { names, rows: rowsOf(sums.values(), day), sizeFor });
    }
  },
};

function addTo(sums: Map<string, Sum>, one: { of: CounterKey; add: Counted; names: readonly CounterName[] }): void {
  const { unitId, dimension, key } = one.of;
  const place = `${unitId} ${dimension} ${key}`;
  const known = sums.get(place);
  if (!known) {
    sums.set(place, { of: one.of, counters: { ...one.add } });
    return;
  }
  for (const name of one.names) known.counters[name] = (known.counters[name] ?? 0) + (one.add[name] ?? 0);
}

interface Added extends Sum {
  readonly period: string;
}

function rowsOf(sums: Iterable<Sum>, day: string): Added[] {
  const rows: Added[] = [];
  for (const { of, counters } of sums) {
    for (const period of counterPeriods(of.dimension, day)) rows.push({ of, counters, period });
  }
  return rows;
}

interface Adding {
  readonly names: readonly CounterName[];
  readonly rows: readonly Added[];
  /** Rows of the next statement. */
  readonly sizeFor: (left: number) => number;
}

async function addRows(tx: Tx, { names, rows, sizeFor }: Adding): Promise<void> {
  for (let first = 0; first < rows.length; ) {
    const { query, slots } = upsertOf(tx, { rows: sizeFor(rows.length - first), names });
    const values: Record<string, unknown> = {};
    for (const [index, slot] of slots.entries()) {
      const row = rows[first + index];
      if (!row) throw new RangeError(`no row ${first + index} of ${rows.length}`);
      values[slot.unitId] = row.of.unitId;
      values[slot.dimension] = row.of.dimension;
      values[slot.period] = row.period;
      values[slot.key] = row.of.key;
      for (const name of names) values[slot[name]] = row.counters[name];
    }
    await query.execute(values);
    first += slots.length;
  }
}

/** A single step adds to as many rows as its unit has levels above it; steps together to any number, so they share a few statements. */
function powerOfTwo(left: number): number {
  return Math.min(ADDED_AT_ONCE, 2 ** Math.floor(Math.log2(left)));
}

export const statsReads = {
  /** Sums of each unit, key or period that has a row in the scope. */
  async sums<By extends SumsBy>(tx: Tx, scope: CounterScope, by: By): Promise<Map<CounterRow[By], Counters>> {
    const { q, t } = tx;
    await tx.writeGathered();
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
  async ofUnit(tx: Tx, unitId: number): Promise<CounterRow[]> {
    const { q, t } = tx;
    await tx.writeGathered();
    const { dimension, period, key } = t.statCounters;
    return q.select().from(t.statCounters).where(eq(t.statCounters.unitId, unitId)).orderBy(dimension, period, key);
  },
};

export const statsWrites = {
  /** Adds an event to the days, months and totals of all its keys; nothing when all it adds is 0. */
  async add(tx: Tx, event: CounterEvent): Promise<void> {
    await tx.gather(additions, event);
  },

  async deleteUnit(tx: Tx, unitId: number): Promise<void> {
    const { q, t } = tx;
    await tx.writeGathered();
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
