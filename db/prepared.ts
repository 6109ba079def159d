/**
 * Queries that are built once per connection: putting a query into words, and having it compiled, costs many times what running it
 * does. For what every delivery runs; the rest stay written as they are.
 */
import { type Placeholder, sql } from 'drizzle-orm';
import type { Query, Tx } from './database.ts';

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

/** Longer lists are seldom, and each length would be kept. */
const LENGTHS_KEPT = 16;

/**
 * As `prepared`, one for each length of a list, whose placeholders are handed over. For `inArray`; an empty list asks nothing. `others`: the
 * values of further placeholders.
 */
export function preparedForList<Row>(
  build: (tx: Tx, list: Placeholder[]) => { execute(values: Values): PromiseLike<Row[]> },
): (tx: Tx, list: readonly (string | number)[], others?: Values) => Promise<Row[]> {
  const kept = prepared(() => new Map<number, ReturnType<typeof build>>());
  return async (tx, list, others = {}) => {
    if (list.length === 0) return [];
    const slots = () => list.map((_, index) => sql.placeholder(`${index}`));
    const query = kept(tx).get(list.length) ?? build(tx, slots());
    if (list.length <= LENGTHS_KEPT) kept(tx).set(list.length, query);
    return query.execute({ ...others, ...list });
  };
}

type Values = Record<string, unknown>;

/**
 * As `prepared`, for rows to insert or a change to make: one query for each set of columns, with nulls written out. Called in two
 * steps, because the row's type is named and the query's is inferred.
 */
export function preparedForRows<Row extends object>() {
  return <Built>(build: (tx: Tx, rows: [Row, ...Row[]]) => Built) => {
    const kept = prepared(() => new Map<string, Built>());
    return (tx: Tx, rows: readonly [Row, ...Row[]]): { query: Built; values: Values } => {
      const { shape, values } = flatten(rows);
      const known = kept(tx).get(shape);
      if (known !== undefined) return { query: known, values };
      const [first, ...rest] = rows;
      const built = build(tx, [placeholdersOf(first, 0), ...rest.map((row, index) => placeholdersOf(row, index + 1))]);
      kept(tx).set(shape, built);
      return { query: built, values };
    };
  };
}

/** The values by the names of their placeholders, and which columns are given in which row. */
function flatten(rows: readonly object[]): { shape: string; values: Values } {
  const values: Values = {};
  let shape = '';
  for (const [index, row] of rows.entries()) {
    for (const [name, value] of Object.entries(row)) {
      if (value === undefined) continue;
      shape += value === null ? `-${name}` : `+${name}`;
      if (value !== null) values[`${index}${name}`] = value;
    }
    shape += ';';
  }
  return { shape, values };
}

function placeholdersOf<Row extends object>(row: Row, index: number): Row {
  const given = Object.entries(row).filter(([, value]) => value !== undefined);
  return asRow(
    // Not a placeholder for null: drizzle would encode it as a value of the column's type, true for a boolean.
    Object.fromEntries(
      given.map(([name, value]) => [name, value === null ? null : sql.placeholder(`${index}${name}`)]),
    ),
  );
}

/** Guarantee: drizzle takes a placeholder wherever a column's value may stand, and the row has the same columns as the real one. */
function asRow<Row>(placeholders: object): Row {
  return placeholders as Row;
}
