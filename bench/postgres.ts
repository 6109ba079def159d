/** The PostgreSQL server of the bench: as it is by default, so a commit that returned is on the disk. */
import pg from 'pg';
import { moveInto } from '../db/move.ts';
import { openPostgres } from '../db/postgres/open.ts';
import { openSqlite } from '../db/sqlite/open.ts';
import { openEmbeddedServer } from '../test/support/embedded-server.ts';

export interface BenchServer {
  /** Address of a database like the prepared one; the one handed out before is gone then. */
  fresh(): Promise<string>;
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

async function ask(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
