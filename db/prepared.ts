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
 * again. For queries whose rows do not change by that, such as those of `inArray`. `others`: values of its other placeholders.
 */
export function preparedForList<Row>(
  length: number,
  build: (tx: Tx, list: Placeholder[]) => { execute(values: Record<string, unknown>): PromiseLike<Row[]> },
): (tx: Tx, numbers: readonly number[], others?: Readonly<Record<string, unknown>>) => Promise<Row[]> {
  const names = Array.from({ length }, (_, index) => `n${index}`);
  const query = prepared((tx) =>
    build(
      tx,
      names.map((name) => sql.placeholder(name)),
    ),
  );
  return async (tx, numbers, others) => {
    const found: Row[][] = [];
    for (let first = 0; first < numbers.length; first += length) {
      const last = Math.min(first + length, numbers.length) - 1;
      const values: Record<string, unknown> = { ...others };
      for (const [index, name] of names.entries()) values[name] = numbers[Math.min(first + index, last)];
      found.push(await query(tx).execute(values));
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

/** Where the columns of a row lead, one after the other: putting their names together took longer than the rest of it. */
interface Shape<Built> {
  built?: Built;
  readonly withValue: Map<string, Shape<Built>>;
  readonly withNull: Map<string, Shape<Built>>;
}

function keepByShape<Row extends object, Built>(
  build: (tx: Tx, row: Row) => Built,
): (tx: Tx, row: Row) => Ready<Built> {
  const kept = new WeakMap<Query, Shape<Built>>();
  return (tx, row) => {
    const values = asValues(row);
    let shape = kept.get(tx.q) ?? emptyShape<Built>();
    kept.set(tx.q, shape);
    for (const name of Object.keys(values)) {
      const value = values[name];
      if (value !== undefined) shape = follow(value === null ? shape.withNull : shape.withValue, name);
    }
    shape.built ??= build(tx, placeholdersOf(row));
    return { query: shape.built, values };
  };
}

function emptyShape<Built>(): Shape<Built> {
  return { withValue: new Map(), withNull: new Map() };
}

function follow<Built>(ways: Map<string, Shape<Built>>, name: string): Shape<Built> {
  const known = ways.get(name);
  if (known) return known;
  const fresh = emptyShape<Built>();
  ways.set(name, fresh);
  return fresh;
}

/** A row's type names its columns; its values are found by the same names. What no placeholder asks for is not looked at. */
function asValues(row: object): Record<string, unknown> {
  return row as Record<string, unknown>;
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
