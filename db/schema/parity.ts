/**
 * Held by the compiler: both schemas have the same tables, and the rows of each table the same types. A column added to one alone,
 * or of another type, makes `npm run types` stop here and name the table.
 */
import type * as postgres from './postgres.ts';
import type * as sqlite from './sqlite.ts';

type Schema = typeof sqlite;
type Name = keyof Schema | keyof typeof postgres;

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** What may be left out of an insert differs in one place: SQLite numbers any integer key by itself. */
type SameRows<A, B> = A extends { $inferSelect: infer RowA; $inferInsert: infer NewA }
  ? B extends { $inferSelect: infer RowB; $inferInsert: infer NewB }
    ? Equal<RowA, RowB> extends true
      ? Equal<keyof NewA, keyof NewB>
      : false
    : false
  : false;

type Differing = {
  [Table in Name]: Table extends keyof Schema & keyof typeof postgres
    ? SameRows<Schema[Table], (typeof postgres)[Table]> extends true
      ? never
      : Table
    : Table;
}[Name];

type Nothing<Type extends never> = Type;

/** Stands only while no table differs. */
export type TablesThatDiffer = Nothing<Differing>;
