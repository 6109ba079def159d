/** The PostgreSQL server of the bench: as it is by default, so a commit that returned is on the disk. */
import pg from 'pg';
import { openPostgres } from '../db/postgres/open.ts';
import { openSqlite } from '../db/sqlite/open.ts';
import { moveInto } from '../src/cli/move.ts';
import { openEmbeddedServer } from '../test/support/embedded-server.ts';

export interface BenchServer {
  /** Address of a database like the prepared one; the one handed out before is gone then. */
  fresh(): Promise<string>;
  /** Throws unless the database handed out holds so many cases, each with one entry of its registration. */
  expectCases(count: number): Promise<void>;
  close(): Promise<void>;
}

const PREPARED = 'prepared';
const DATABASE = 'bench';

/** Starts a server and moves the prepared file's rows there with the code of `daiban migrate`. */
export async function openBenchServer(of: { prepared: string }): Promise<BenchServer> {
  const server = await openEmbeddedServer();
  await server.createDatabase(PREPARED);
  await move(of.prepared, server.urlOf(PREPARED));
  // A server at work has long counted its rows by itself.
  await ask(server.urlOf(PREPARED), ['VACUUM ANALYZE']);
  return {
    async fresh() {
      await ask(server.urlOf('postgres'), [
        `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`,
        `CREATE DATABASE ${DATABASE} TEMPLATE ${PREPARED}`,
      ]);
      return server.urlOf(DATABASE);
    },
    async expectCases(count) {
      const [found] = await ask(server.urlOf(DATABASE), [
        `SELECT (SELECT count(*) FROM cases) AS cases, (SELECT count(DISTINCT case_number) FROM cases) AS numbers,
           (SELECT count(*) FROM ledger_entries WHERE kind = 'register') AS entries`,
      ]);
      const counts = JSON.stringify(found?.rows[0]);
      const wanted = JSON.stringify({ cases: `${count}`, numbers: `${count}`, entries: `${count}` });
      if (counts !== wanted) throw new Error(`expected ${wanted}, found ${counts}`);
    },
    close: () => server.close(),
  };
}

async function move(file: string, url: string): Promise<void> {
  const source = openSqlite({ file });
  const target = await openPostgres({ url });
  try {
    const result = await source.read((from) => target.write((to) => moveInto(to, from)));
    if (!result.ok) throw new Error(`the prepared database could not be moved: ${result.problem}`);
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

async function ask(url: string, statements: readonly string[]): Promise<pg.QueryResult[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const results: pg.QueryResult[] = [];
    for (const statement of statements) results.push(await client.query(statement));
    return results;
  } finally {
    await client.end();
  }
}
