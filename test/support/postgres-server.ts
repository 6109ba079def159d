/** One PostgreSQL server for a whole test run, with a migrated, empty database to copy; gone at the end. */
import type { TestProject } from 'vitest/node';
import { migratePostgres } from '../../db/postgres/migrate.ts';
import { createPool } from '../../db/postgres/open.ts';
import { openEmbeddedServer, WITHOUT_CARE } from './embedded-server.ts';
import { TEMPLATE } from './postgres-template.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database of the server on which others can be created. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openEmbeddedServer(WITHOUT_CARE);
  await server.createDatabase(TEMPLATE);
  const pool = createPool({ url: server.urlOf(TEMPLATE) });
  await migratePostgres(pool);
  await pool.end();
  project.provide('postgresUrl', server.urlOf('postgres'));
  return () => server.close();
}
