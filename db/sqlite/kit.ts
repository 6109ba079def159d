/** How a column of each kind is written for SQLite. `Kit` is what `db/tables/` is written against. */
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const sqliteKit = {
  table: sqliteTable,
  /** A number the database gives, never twice, not even after its row is gone: buttons in chats carry it. */
  id: () => integer('id').primaryKey({ autoIncrement: true }),
  text,
  /** Up to 32 bits. */
  int: (name: string) => integer(name),
  /** Up to 53 bits: milliseconds since the epoch, and numbers that only ever rise. */
  long: (name: string) => integer(name),
  bool: (name: string) => integer(name, { mode: 'boolean' }),
  json: (name: string) => text(name, { mode: 'json' }),
  primaryKey,
  index,
  uniqueIndex,
  check,
};

export type Kit = typeof sqliteKit;
