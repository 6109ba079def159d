/**
 * drizzle on better-sqlite3, as drizzle's own driver does it, but for three things. Queries are awaited, so that the repositories see
 * one kind of database whichever engine runs. What depends on the query alone is worked out when it is prepared: the driver asks
 * of every value it binds and of every column of every row what kind of thing it is, which takes as long as SQLite itself. And an
 * inserted row is told from what was bound (`returned.ts`).
 */
import type Sqlite from 'better-sqlite3';
import { Column, type DriverValueDecoder, is, Param, Placeholder, SQL, type Query as Text } from 'drizzle-orm';
import {
  BaseSQLiteDatabase,
  type PreparedQueryConfig,
  SQLiteAsyncDialect,
  type SQLiteExecuteMethod,
  SQLitePreparedQuery,
  SQLiteSession,
} from 'drizzle-orm/sqlite-core';
import { type Memory, tablesWritten } from './remembered.ts';
import { type Fields, type PlainInsert, plainInsert } from './returned.ts';

type Nothing = Record<string, never>;
type Values = Record<string, unknown>;
type AsyncQuery = PreparedQueryConfig & { type: 'async' };

/** Statements are prepared by `connection.prepare`, which may keep them. What they write to is forgotten in `memory`. */
export function queriesOn(connection: Sqlite.Database, memory: Memory): BaseSQLiteDatabase<'async', unknown> {
  const dialect = new SQLiteAsyncDialect();
  return new BaseSQLiteDatabase('async', dialect, new Session({ connection, memory }, dialect), undefined);
}

interface Source {
  readonly connection: Sqlite.Database;
  readonly memory: Memory;
}

class Session extends SQLiteSession<'async', unknown, Nothing, Nothing> {
  readonly #source: Source;

  constructor(source: Source, dialect: SQLiteAsyncDialect) {
    super(dialect);
    this.#source = source;
  }

  override prepareQuery(text: Text, fields: Fields | undefined, method: SQLiteExecuteMethod): CompiledQuery {
    return new CompiledQuery(this.#source, { text, fields, method });
  }

  /** A transaction is a matter of the connection's lane (`lane.ts`), which shares commits. */
  override transaction(): never {
    throw new Error('transactions are begun by Database.write and Tx.savepoint');
  }
}

class CompiledQuery extends SQLitePreparedQuery<AsyncQuery> {
  readonly #statement: Sqlite.Statement;
  readonly #plain: PlainInsert | undefined;
  readonly #memory: Memory;
  readonly #written: ReturnType<typeof tablesWritten>;
  readonly #bind: (values: Values | undefined) => unknown[];
  readonly #toRow: MakeRow | undefined;

  constructor(source: Source, of: { text: Text; fields: Fields | undefined; method: SQLiteExecuteMethod }) {
    super('async', of.method, of.text);
    this.#plain = of.fields && plainInsert(of.text, of.fields);
    this.#statement = source.connection.prepare(this.#plain?.sql ?? of.text.sql);
    this.#memory = source.memory;
    this.#written = tablesWritten(of.text.sql);
    this.#bind = binder(of.text.params);
    this.#toRow = of.fields && rowMaker(of.fields);
  }

  async run(values?: Values): Promise<unknown> {
    this.#forgetWritten();
    return this.#statement.run(this.#bind(values));
  }

  async all(values?: Values): Promise<unknown[]> {
    const rows = this.#ask(values);
    const toRow = this.#toRow;
    if (!toRow) return rows;
    // Each list of columns gives way to its row: a page of hundreds is not kept twice.
    for (let index = 0; index < rows.length; index++) rows[index] = toRow(asColumns(rows[index]));
    return rows;
  }

  async get(values?: Values): Promise<unknown> {
    return (await this.all(values))[0];
  }

  async values(values?: Values): Promise<unknown[][]> {
    this.#forgetWritten();
    const bound = this.#bind(values);
    if (this.#plain) return this.#insert(this.#plain, bound);
    return this.#statement.raw(true).all(bound).map(asColumns);
  }

  /** The same statement may serve another query, which takes its rows in the other form. */
  #ask(values: Values | undefined): unknown[] {
    this.#forgetWritten();
    const bound = this.#bind(values);
    if (this.#plain) return this.#insert(this.#plain, bound);
    return this.#statement.raw(this.#toRow !== undefined).all(bound);
  }

  #insert(plain: PlainInsert, bound: unknown[]): unknown[][] {
    const { changes, lastInsertRowid } = this.#statement.run(bound);
    return changes === 0 ? [] : [plain.row(bound, lastInsertRowid)];
  }

  #forgetWritten(): void {
    for (const table of this.#written) this.#memory.forget(table);
  }
}

/** What a raw statement gives for a row, which is declared as `unknown` because it depends on the statement's mode. */
function asColumns(row: unknown): unknown[] {
  return row as unknown[];
}

/** Puts the values of placeholders in their places; throws when one is missing. */
function binder(params: readonly unknown[]): (values: Values | undefined) => unknown[] {
  const places = params.map((param) => {
    if (is(param, Placeholder)) return { name: param.name, encoder: undefined, value: undefined };
    if (is(param, Param) && is(param.value, Placeholder)) {
      return { name: param.value.name, encoder: param.encoder, value: undefined };
    }
    return { name: undefined, encoder: undefined, value: param };
  });
  return (values = {}) => {
    const bound: unknown[] = [];
    for (const { name, encoder, value } of places) {
      if (name === undefined) {
        bound.push(value);
        continue;
      }
      const given = values[name];
      if (given === undefined && !(name in values)) throw new Error(`no value for placeholder "${name}"`);
      bound.push(encoder ? encoder.mapToDriverValue(given) : given);
    }
    return bound;
  };
}

type MakeRow = (columns: readonly unknown[]) => Record<string, unknown>;

/**
 * Makes an object of the columns of a row, each read as its type says. For flat selections, which are all that is written here.
 * The function is put into words, because only an object written as a literal gets all its names at once: filled name by name, one
 * of more than a dozen becomes a dictionary, which takes fifty times longer to make. The words are names of our own schema.
 */
function rowMaker(fields: Fields): MakeRow {
  const readers = fields.map(({ field }) => readerOf(decoderOf(field)));
  const members = fields.map(({ path }, index) => {
    const [name] = path;
    if (name === undefined || path.length > 1) throw new Error(`select ${path.join('.')} under a name of its own`);
    const value = `row[${index}]`;
    const read = readers[index] ? `${value} === null ? null : readers[${index}](${value})` : value;
    return `${JSON.stringify(name)}: ${read}`;
  });
  const make = new Function('readers', `return (row) => ({ ${members.join(', ')} });`);
  return make(readers) as MakeRow;
}

type Decoder = DriverValueDecoder<unknown, unknown>;

/** Undefined for columns that are told as SQLite gives them: nearly all. */
function readerOf(decoder: Decoder): ((value: unknown) => unknown) | undefined {
  const asItIs = decoder.mapFromDriverValue === Column.prototype.mapFromDriverValue;
  return asItIs ? undefined : (value) => decoder.mapFromDriverValue(value);
}

/** An expression has the decoder it was given by `mapWith`; drizzle declares it for itself only. */
function decoderOf(field: Fields[number]['field']): Decoder {
  if (is(field, Column)) return field;
  const expression = is(field, SQL.Aliased) ? field.sql : field;
  return (expression as unknown as { decoder: Decoder }).decoder;
}
