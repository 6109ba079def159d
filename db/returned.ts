/**
 * What an insert of one row gives back is known without RETURNING: what was bound, and the number that SQLite gave the row. SQLite
 * collects returned rows in a table of their own, which takes nearly as long as inserting them.
 */
import { Column, is, type Query as Text } from 'drizzle-orm';
import type { SQLiteSession } from 'drizzle-orm/sqlite-core';

/** Columns of a query, in the order in which SQLite gives them. */
export type Fields = NonNullable<
  Parameters<SQLiteSession<'async', unknown, Record<string, never>, Record<string, never>>['prepareQuery']>[1]
>;

export interface PlainInsert {
  readonly sql: string;
  /** The columns asked for, as SQLite would give them. */
  row(bound: readonly unknown[], rowId: number | bigint): unknown[];
}

/** One row, every column of which is bound or null, and no conflict that changes another row. Our tables have no trigger that would change it. */
const SINGLE =
  /^(insert into "\w+" \(([^()]*)\) values \(([^()]*)\)(?: on conflict \([^()]*\) do nothing)?) returning /;

/** The insert without RETURNING; undefined where that would not give the same. */
export function plainInsert(text: Text, fields: Fields): PlainInsert | undefined {
  const [, sql, names = '', values = ''] = SINGLE.exec(text.sql) ?? [];
  if (sql === undefined) return undefined;
  const places = placesOf(names.split(', '), values.split(', '));
  if (places === undefined) return undefined;
  const sources = fields.map(({ field }) => {
    if (!is(field, Column)) return undefined;
    const place = places.get(`"${field.name}"`);
    return place === 'null' && field.primary ? 'rowId' : place;
  });
  if (sources.includes(undefined)) return undefined;
  return {
    sql,
    row: (bound, rowId) =>
      sources.map((source) => {
        if (typeof source === 'number') return bound[source];
        return source === 'rowId' ? Number(rowId) : null;
      }),
  };
}

/** Where each column's value comes from: the number of its parameter, or null; undefined where one is computed. */
function placesOf(names: readonly string[], values: readonly string[]): Map<string, number | 'null'> | undefined {
  const places = new Map<string, number | 'null'>();
  let params = 0;
  for (const [index, name] of names.entries()) {
    const value = values[index];
    if (value !== '?' && value !== 'null') return undefined;
    places.set(name, value === '?' ? params++ : value);
  }
  return places;
}
