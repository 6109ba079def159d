/** How a column of each kind is written for PostgreSQL. */
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Kit } from '../sqlite/kit.ts';

/**
 * JSON kept as the text that was written. The driver parses it; drizzle's own `json` would parse a stored string a second time
 * and turn '"12"' into a number.
 */
const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'json',
  toDriver: (value) => JSON.stringify(value),
});

/**
 * Guarantee of the cast: each member makes a column of the same name whose values are the same in JavaScript as those of SQLite's,
 * and `test/db/tables.test.ts` writes and reads every kind on both engines.
 */
export const postgresKit = {
  table: pgTable,
  id: () => integer('id').primaryKey().generatedByDefaultAsIdentity(),
  text,
  int: (name: string) => integer(name),
  long: (name: string) => bigint(name, { mode: 'number' }),
  bool: (name: string) => boolean(name),
  json: (name: string) => json(name),
  primaryKey,
  index,
  uniqueIndex,
  check,
} as unknown as Kit;
