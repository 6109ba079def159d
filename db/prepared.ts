/**
 * Queries that are built once per connection: putting a query into words costs drizzle many times what running it costs the
 * database. For the handful that every delivery runs; the rest stay written as they are.
 */
import { type Placeholder, sql } from 'drizzle-orm';
import type { Query, Tx } from './client.ts';

/** What is built with `sql.placeholder` and `.prepare()`, kept as long as its connection. */
export function prepared<Built>(build: (tx: Tx) => Built): (tx: Tx) => Built {
  const kept = new WeakMap<Query, Built>();
  return (tx) => {
    const known = kept.get(tx.q);
    if (known !== undefined) return known;
    const built = build(tx);
    kept.set(tx.q, built);
    return built;
  };
}

/**
 * As `prepared`, for a list of numbers of any length: asked `length` at a time, the last time with its last number again and
 * again. For selects whose rows do not change by that, such as those of `inArray`.
 */
export function preparedForList<Row>(
  length: number,
  build: (tx: Tx, list: Placeholder[]) => { execute(values: Record<string, unknown>): PromiseLike<Row[]> },
): (tx: Tx, numbers: readonly number[]) => Promise<Row[]> {
  const names = Array.from({ length }, (_, index) => `n${index}`);
  const select = prepared((tx) =>
    build(
      tx,
      names.map((name) => sql.placeholder(name)),
    ),
  );
  return async (tx, numbers) => {
    const found: Row[][] = [];
    for (let first = 0; first < numbers.length; first += length) {
      const last = Math.min(first + length, numbers.length) - 1;
      const values = names.map((name, index) => [name, numbers[Math.min(first + index, last)]] as const);
      found.push(await select(tx).execute(Object.fromEntries(values)));
    }
    return found.flat();
  };
}

interface Ready<Built> {
  readonly query: Built;
  readonly values: Record<string, unknown>;
}

/**
 * As `prepared`, for rows to insert or changes to make: one query for each set of columns, with nulls written out. Called in
 * two steps, because the row's type is named and the query's is inferred.
 */
export function preparedForRow<Row extends object>() {
  return <Built>(build: (tx: Tx, row: Row) => Built) => keepByShape(build);
}

function keepByShape<Row extends object, Built>(
  build: (tx: Tx, row: Row) => Built,
): (tx: Tx, row: Row) => Ready<Built> {
  const kept = new WeakMap<Query, Map<string, Built>>();
  return (tx, row) => {
    const shapes = kept.get(tx.q) ?? new Map<string, Built>();
    kept.set(tx.q, shapes);
    const values: Record<string, unknown> = {};
    let shape = '';
    for (const [name, value] of Object.entries(row)) {
      if (value === undefined) continue;
      shape += value === null ? `${name}=null,` : `${name},`;
      if (value !== null) values[name] = value;
    }
    const known = shapes.get(shape);
    if (known !== undefined) return { query: known, values };
    const query = build(tx, placeholdersOf(row));
    shapes.set(shape, query);
    return { query, values };
  };
}

function placeholdersOf<Row extends object>(row: Row): Row {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  // Not a placeholder for null: drizzle would encode it as a value of the column's type, true for a boolean.
  return asRow(Object.fromEntries(given.map(([name, value]) => [name, value === null ? null : sql.placeholder(name)])));
}

/** drizzle takes a placeholder wherever a column's value may stand, and the row has the same columns as the real one. */
function asRow<Row>(placeholders: object): Row {
  return placeholders as Row;
}
