/** Prepared statements are kept: the same few hundred texts come again and again, and compiling one costs more than most runs. */
import type Sqlite from 'better-sqlite3';

/** Enough for every query of the program; texts with lists of varying length push out what has not been used for longest. */
const KEPT_MAX = 500;

/** From now on `connection.prepare` gives the same statement for the same text. For callers that run a statement at once. */
export function keepStatements(connection: Sqlite.Database): void {
  const compile = connection.prepare.bind(connection);
  const kept = new Map<string, Sqlite.Statement>();
  const prepare = (sql: string): Sqlite.Statement => {
    const statement = kept.get(sql) ?? compile(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    // Queries switch a statement to arrays (`sqlite-session.ts`); whoever prepares one expects it to give objects.
    if (statement.reader) statement.raw(false);
    return statement;
  };
  connection.prepare = asPrepare(prepare);
}

/** `prepare` is declared with types of rows that exist only for the compiler: the function behind them is this one. */
function asPrepare(prepare: (sql: string) => Sqlite.Statement): Sqlite.Database['prepare'] {
  return prepare as Sqlite.Database['prepare'];
}
