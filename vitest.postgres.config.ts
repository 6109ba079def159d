import Sqlite from 'better-sqlite3';
import { defineConfig } from 'vitest/config';
import { everyTest, runOf } from './vitest.shared.ts';

/** These open no database, or a SQLite file whatever the engine of the run: `npm test` runs them. */
const otherwiseRun = [
  ...['test/browser/**', 'test/crash/**', 'test/fuzz/**', 'test/build/**', 'test/cli/**', 'test/backup/**'],
  ...['test/bench/**', 'test/cards/**', 'test/domain/**', 'test/meta/**', 'test/{stop,config,start-problem}.test.ts'],
  ...[
    'test/sandbox/{act,api,card-schema,people}.test.ts',
    'test/db/{busy,held-elsewhere,lane,query-plans}.test.ts',
    'test/vault.test.ts',
  ],
  ...['test/lark/{client,errors,inbound,sdk-logger,token,webhook,websocket}.test.ts', 'test/jobs/backup.test.ts'],
  'test/flows/nothing-personal-leaks.test.ts',
  ...['test/deploy/**', 'test/env-file.test.ts'],
  ...[
    'test/outbox/{backoff,dispatcher-pace,failures,never-twice,outage,pacing,patient-store,sending,waking}.test.ts',
    'test/sheets/**',
    'test/letters/**',
  ],
];
/**
 * What is decided from rows, whatever keeps them: who may, what is understood, what is said to whom, what the platform's moods do. That
 * this engine takes every statement behind it is proved by `test/db/accepted.test.ts`; what the statements answer, and what two people
 * at once come to, by all that stays here.
 */
const decidedFromRows = [
  'test/commands/{case-reply,commands,long-line,me,plain-words,rebind,responsible,staff,stand-in,succession,typed-words}.test.ts',
  'test/services/{foreign-ground,hostile,level-names,one-person,permissions,true-cards,typed-line,without-phone}.test.ts',
  'test/flows/platform-faults.test.ts',
  'test/outbox/rights.test.ts',
  'test/lark/{history,register-app,request,webhook-limits}.test.ts',
];
/** These need SQLite's compiled driver beside the server. A Node for which it was not compiled leaves them out and says so. */
const besideSqlite = ['test/db/client.test.ts', 'test/processes/migrate.test.ts'];

/** Why the driver cannot be used by this Node; undefined when it can. */
function sqliteProblem(): string | undefined {
  try {
    new Sqlite(':memory:').close();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error);
  }
}

const problem = sqliteProblem();
if (problem !== undefined) process.stdout.write(`${besideSqlite} are left out: no SQLite here (${problem})\n`);

/** What the engine may change, on PostgreSQL, and what needs it: several processes on one database, and the move from a file. */
export default defineConfig(
  runOf(`postgres-node${process.versions.node.split('.')[0]}`, {
    ...everyTest,
    include: ['test/**/*.test.ts'],
    exclude: [...otherwiseRun, ...decidedFromRows, ...(problem === undefined ? [] : besideSqlite)],
    env: { DAIBAN_TEST_ENGINE: 'postgres' },
    globalSetup: ['test/support/postgres-server.ts'],
    isolate: false,
    maxWorkers: '100%',
  }),
);
