/** A stock PgBouncer before a PostgreSQL server of this machine, in `transaction` mode: its clients share few connections. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

export interface Bouncer {
  /** The way to the same database through it. Its own console is the database `pgbouncer`. */
  through(url: string): string;
  close(): Promise<void>;
}

/** Debian puts it where only administrators look. */
const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];

/** The program; undefined where it is not installed. */
export const pgbouncer = folders.map((folder) => `${folder}/pgbouncer`).find((file) => existsSync(file));

/** @param connections of the server, for all clients of a database. */
export async function openBouncer(options: { serverUrl: string; connections: number }): Promise<Bouncer> {
  if (pgbouncer === undefined) throw new Error('pgbouncer is not installed');
  const server = new URL(options.serverUrl);
  const port = await freePort();
  const folder = mkdtempSync(`${tmpdir()}/daiban-pgbouncer-`);
  const file = `${folder}/pgbouncer.ini`;
  const login = `user=${server.username} password=${server.password}`;
  const settings = [
    ...['[databases]', `* = host=127.0.0.1 port=${server.port} ${login}`, '[pgbouncer]', 'pool_mode = transaction'],
    ...['listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir =', 'auth_type = any'],
    `default_pool_size = ${options.connections}`,
  ];
  writeFileSync(file, settings.join('\n'));
  // It refuses to serve as root, and reads its file before it becomes somebody else.
  const child = spawn(pgbouncer, [...(userInfo().uid === 0 ? ['-u', 'postgres'] : []), file]);
  await untilUp(child);
  return {
    through(url) {
      const address = new URL(url);
      address.host = `127.0.0.1:${port}`;
      return address.href;
    },
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

/** It writes down everything it does; nobody else reads that. */
function untilUp(child: ChildProcess & { stderr: NodeJS.ReadableStream }): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    child.once('error', reject);
    child.once('exit', () => reject(new Error(lines.join('\n'))));
    createInterface(child.stderr).on('line', (line) => {
      if (lines.length < 20) lines.push(line);
      if (line.includes('process up')) resolve();
    });
  });
}
