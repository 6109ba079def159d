import { and, between, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { runningStates } from '../../src/domain/case.ts';
import {
  type Counted,
  type CounterKey,
  type CounterName,
  type Counters,
  counterNames,
  counterPeriods,
  type Dimension,
  type PeriodSpan,
} from '../../src/domain/counters.ts';
import type { Tables, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';
import type { CaseRow } from './case.ts';
import { inHandsNow, overdueNow, type WantedInHands, type WantedOverdue } from './case-list.ts';

export type CounterRow = Tables['statCounters']['$inferSelect'];

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
export type WantedSums = CounterScope & { readonly by: SumsBy };
/** What is overdue, under keys of `overdueKey` or `inHandsKey`, as so many `registered`. */
export type WantedFigures = WantedSums | { readonly overdue: WantedOverdue } | { readonly inHands: WantedInHands };

/** Rows of one statement; keeps the number of parameters below any engine's limit. */
const ROWS_AT_ONCE = 100;

export interface RowsOfUnit {
  readonly unitId: number;
  readonly dimensions: readonly Dimension[];
}

/** An event of one day, and the counters of which keys it adds to. */
export interface CounterEvent {
  readonly keys: readonly CounterKey[];
  readonly day: string;
  readonly add: Counted;
  /** What it adds to another key besides, none of `keys`. */
  readonly also?: { readonly key: CounterKey; readonly add: Counted } | undefined;
}

const placeNames = ['unitId', 'dimension', 'period', 'key'] as const;
type Place = Pick<CounterRow, (typeof placeNames)[number]>;

/** How many rows are added to at once, and which of their counters. */
interface Shape {
  readonly rows: number;
  readonly names: readonly CounterName[];
}

function buildUpsert({ q, t }: Tx, { rows, names }: Shape) {
  const { unitId, dimension, period, key } = t.statCounters;
  // Guarantee of the cast: every column has a value of its own, a placeholder or a zero, as in a row that is written down whole.
  // Counters that nothing is added to are written out: drizzle would bind a zero for each of them in each row.
  const zeros = Object.fromEntries(counterNames.map((name) => [name, sql`0`]));
  const values = Array.from({ length: rows }, (_, row) => ({
    ...zeros,
    ...Object.fromEntries([...placeNames, ...names].map((name) => [name, sql.placeholder(slotOf(name, row))])),
  })) as unknown as CounterRow[];
  const added = names.map((name) => {
    const column = t.statCounters[name];
    return [name, sql`${column} + ${sql.raw(`excluded.${column.name}`)}`] as const;
  });
  return q
    .insert(t.statCounters)
    .values(values)
    .onConflictDoUpdate({ target: [unitId, dimension, period, key], set: Object.fromEntries(added) })
    .prepare();
}

/** Built once for each shape: there are a few dozen, and putting twenty rows into words takes longer than writing them. */
const upserts = prepared((tx) => {
  const kept = new Map<string, ReturnType<typeof buildUpsert>>();
  return (shape: Shape) => {
    const known = `${shape.rows} ${shape.names.join()}`;
    const query = kept.get(known) ?? buildUpsert(tx, shape);
    kept.set(known, query);
    return query;
  };
});

function slotOf(name: string, row: number): string {
  return `${name}${row}`;
}

export const statsReads = {
  /** Sums of each unit, key or period that has a row in the scope. */
  async sums<By extends SumsBy>(tx: Tx, scope: CounterScope, by: By): Promise<Map<CounterRow[By], Counters>> {
    const [found = new Map<string, Counters>()] = await statsReads.sumsOfAll(tx, [{ ...scope, by }]);
    const keys = [...found].map(
      ([key, sums]) => [(by === 'unitId' ? Number(key) : key) as CounterRow[By], sums] as const,
    );
    return new Map(keys);
  },

  /** The answers to several such questions, asked in one statement; each by its unit's number, key or period as text, in order. */
  async sumsOfAll(tx: Tx, wanted: readonly WantedFigures[]): Promise<Map<string, Counters>[]> {
    const [first, ...rest] = wanted.map((one, part) => {
      if ('overdue' in one) return selectOverdue(tx, one.overdue, part);
      return 'inHands' in one ? selectInHands(tx, one.inHands, part) : selectSums(tx, one, part);
    });
    if (!first) return [];
    const rows = await rest.reduce((all, next) => all.unionAll(next) as typeof first, first);
    const found = wanted.map(() => new Map<string, Counters>());
    for (const { part, by, ...counters } of rows.sort((a, b) => compareKeys(a.by, b.by)))
      found[part]?.set(by, counters);
    return found;
  },

  /** Every row of one unit and these dimensions, in the order of its key. */
  async ofUnit({ q, t }: Tx, rows: RowsOfUnit): Promise<CounterRow[]> {
    const { dimension, period, key } = t.statCounters;
    return q.select().from(t.statCounters).where(ofUnit(t, rows)).orderBy(dimension, period, key);
  },
};

export const statsWrites = {
  /** Adds an event to the days, months and totals of all its keys in one statement; nothing when all it adds is 0. */
  async add(tx: Tx, { keys, day, add, also }: CounterEvent): Promise<void> {
    const names = counterNames.filter((name) => (add[name] ?? 0) !== 0 || (also?.add[name] ?? 0) !== 0);
    if (names.length === 0) return;
    const parts = [...keys.map((key) => ({ key, add })), ...(also ? [also] : [])];
    const places: (Place & { readonly more: Counted })[] = parts.flatMap((part) =>
      counterPeriods(part.key.dimension, day).map((period) => ({ ...part.key, period, more: part.add })),
    );
    const values: Record<string, unknown> = {};
    for (const [row, place] of places.entries()) {
      for (const name of placeNames) values[slotOf(name, row)] = place[name];
      for (const name of names) values[slotOf(name, row)] = place.more[name] ?? 0;
    }
    await upserts(tx)({ rows: places.length, names }).execute(values);
  },

  async deleteUnit({ q, t }: Tx, rows: RowsOfUnit): Promise<void> {
    await q.delete(t.statCounters).where(ofUnit(t, rows));
  },

  async insert({ q, t }: Tx, rows: readonly CounterRow[]): Promise<void> {
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
      await q.insert(t.statCounters).values(rows.slice(first, first + ROWS_AT_ONCE));
    }
  },
};

function ofUnit(t: Tables, { unitId, dimensions }: RowsOfUnit) {
  return and(eq(t.statCounters.unitId, unitId), inArray(t.statCounters.dimension, [...dimensions]));
}

function selectSums({ q, t }: Tx, scope: WantedSums, part: number) {
  const { unitId, dimension, period, key } = t.statCounters;
  const by = t.statCounters[scope.by];
  return q
    .select({
      ...sumsOf(t, scope.names ?? counterNames),
      part: sql<number>`${sql.raw(String(part))}`.mapWith(Number),
      by: sql<string>`cast(${by} as text)`,
    })
    .from(t.statCounters)
    .where(
      and(
        inArray(unitId, [...scope.unitIds]),
        eq(dimension, scope.dimension),
        between(period, ...scope.span),
        scope.keys && inArray(key, [...scope.keys]),
      ),
    )
    .groupBy(by);
}

/** What the overdue are told apart by: registering unit, registrar, version of the item, assist type, way, promised day; see `overdueKey`. */
function selectOverdue(tx: Tx, wanted: WantedOverdue, part: number) {
  const { registeringUnitId, registrarId, itemVersionId, assistType, way, dueAt } = tx.t.cases;
  const alike = [registeringUnitId, registrarId, itemVersionId, assistType, way, dueAt];
  return countAlike(tx, { part, alike, which: overdueNow(tx.t, wanted) });
}

/** What the overdue in people's hands are told apart by: holding unit, handler, promised day; see `inHandsKey`. */
function selectInHands(tx: Tx, wanted: WantedInHands, part: number) {
  const { holderUnitId, handlerId, dueAt } = tx.t.cases;
  return countAlike(tx, { part, alike: [holderUnitId, handlerId, dueAt], which: inHandsNow(tx.t, wanted) });
}

/** How many running cases are alike in these columns, under their values as one text. */
function countAlike(
  { q, t }: Tx,
  { part, alike, which }: { part: number; alike: readonly CaseColumn[]; which: SQL | undefined },
) {
  const texts = alike.map((column) => sql`cast(${column} as text)`);
  return q
    .select({
      ...sumsOf(t, []),
      registered: sql<number>`count(*)`.mapWith(Number),
      part: sql<number>`${sql.raw(String(part))}`.mapWith(Number),
      by: sql<string>`${sql.join(texts, sql` || ' ' || `)}`,
    })
    .from(t.cases)
    .where(and(inArray(t.cases.state, runningStates), which))
    .groupBy(...alike);
}

type CaseColumn = Tables['cases'][keyof CaseRow];

/** What a key of overdue cases in people's hands says. */
export function inHandsKey(key: string) {
  const [holderUnitId, handlerId, dueAt] = key.split(' ').map(Number);
  return { holderUnitId: Number(holderUnitId), handlerId: Number(handlerId), dueAt: Number(dueAt) };
}

/** What a key of overdue cases says. */
export function overdueKey(key: string) {
  const [registeringUnitId, registrarId, versionId, assistType = '', way = '', dueAt] = key.split(' ');
  return {
    ...{ registeringUnitId: Number(registeringUnitId), registrarId: Number(registrarId) },
    ...{ itemVersionId: Number(versionId), assistType, way, dueAt: Number(dueAt) },
  };
}

function sumsOf(t: Tables, names: readonly CounterName[]): Record<CounterName, SQL<number>> {
  const wanted = new Set(names);
  const total = (name: CounterName) =>
    (wanted.has(name) ? sql<number>`sum(${t.statCounters[name]})` : sql<number>`0`).mapWith(Number);
  return Object.fromEntries(counterNames.map((name) => [name, total(name)])) as Record<CounterName, SQL<number>>;
}

/** Numbers by their size, everything else as text. */
function compareKeys(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : Number(a > b));
}
