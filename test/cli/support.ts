/** A database file as a running bot has it open, and a command line beside it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { pino } from 'pino';
import type { Card } from '../../cards/card.ts';
import type { Database, Tx } from '../../db/database.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { type App, buildApp } from '../../src/app.ts';
import type { CliIo } from '../../src/cli/command.ts';
import { runCli } from '../../src/cli/index.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Ctx } from '../../src/ctx.ts';
import { createVault, type Vault } from '../../src/vault.ts';
import { noFiles } from '../support/no-files.ts';
import { TestClock, ZONE } from '../support/office.ts';

export const KEY = Buffer.alloc(32, 7);

/** Of an app that nobody asks for. */
export const CREDENTIALS = { LARK_APP_ID: 'cli_0123456789abcdef', LARK_APP_SECRET: 'secret' };

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Desk {
  readonly folder: string;
  readonly file: string;
  readonly db: Database;
  readonly app: App;
  readonly vault: Vault;
  /** The time it really is, for the bot and for the command line. */
  readonly clock: TestClock;
  readonly posted: { target: string; card: Card }[];
  /** Runs a command line, or one already in words; `environment` adds to credentials, key and database. */
  daiban(line: string | readonly string[], environment?: Readonly<Record<string, string | undefined>>): Promise<Ran>;
  write<Result>(work: (ctx: Ctx) => Promise<Result>): Promise<Result>;
  unit(name: string): Promise<UnitRow>;
  /** Statements on a connection of its own, as somebody with the file open would run them; triggers are dropped first. */
  tamper(work: (connection: Sqlite.Database) => void): void;
  close(): Promise<void>;
}

/** Runs a command line with whatever `readConfig` gives. */
export async function run(
  line: string | readonly string[],
  with_: { readConfig: () => Config; clock?: { now(): number } } & Partial<
    Pick<CliIo, 'envFile' | 'columns' | 'canAsk' | 'ask' | 'wait' | 'newestVersion' | 'startBot'>
  > & {
      /** Hears each line as it is printed. */
      onPrint?: (text: string) => void;
    },
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const io: CliIo = {
    readConfig: with_.readConfig,
    clock: with_.clock ?? new TestClock('2026-11-23T10:00'),
    print: (text: string) => {
      out.push(text);
      with_.onPrint?.(text);
    },
    complain: (text: string) => void err.push(text),
    envFile: with_.envFile ?? '/nowhere/.env',
    columns: with_.columns,
    canAsk: with_.canAsk ?? with_.ask !== undefined,
    wait: with_.wait ?? (() => Promise.reject(new Error('a command waits'))),
    ask: with_.ask ?? (() => Promise.resolve('')),
    newestVersion: with_.newestVersion ?? (() => Promise.resolve(undefined)),
    startBot: with_.startBot ?? (() => Promise.reject(new Error('the bot was started'))),
  };
  const code = await runCli(io, typeof line === 'string' ? line.split(' ').filter(Boolean) : line);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

export async function openDesk(options: { adminOpenIds?: string[] } = {}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-cli-'));
  const file = join(folder, 'daiban.db');
  const db = openSqlite({ file });
  const vault = createVault(KEY);
  const clock = new TestClock('2026-11-23T10:00');
  const posted: Desk['posted'] = [];
  const post = async ({ target, card }: { target: string; card: Card }) => {
    posted.push({ target, card });
    return { messageId: `om_${posted.length}` };
  };
  const app = buildApp({
    db,
    vault,
    clock,
    zone: ZONE,
    log: pino({ level: 'silent' }),
    adminOpenIds: options.adminOpenIds ?? ['ou_admin'],
    lark: {
      post,
      reply: ({ messageId, card }) => post({ target: messageId, card }),
      update: async () => {},
      ...noFiles,
    },
  });
  await app.prepare();
  return {
    folder,
    file,
    db,
    app,
    vault,
    clock,
    posted,
    daiban: (line, environment = {}) => {
      const whole = { ...CREDENTIALS, DATABASE_URL: `file:${file}`, DATA_KEY: KEY.toString('base64'), ...environment };
      return run(line, { readConfig: () => readConfig(whole), clock });
    },
    write: (work) =>
      db.write((tx: Tx) => work({ tx, now: clock.now(), zone: ZONE, vault, actor: { kind: 'system', name: 'test' } })),
    async unit(name) {
      const units = await db.read((tx) => unitReads.ofLevels(tx, ['banner', 'town', 'department', 'village']));
      const unit = units.find((one) => one.name === name);
      if (!unit) throw new Error(`no unit ${name}`);
      return unit;
    },
    tamper(work) {
      const connection = new Sqlite(file);
      const triggers = connection.prepare("select name from sqlite_master where type = 'trigger'").pluck().all();
      for (const name of triggers) connection.exec(`drop trigger ${String(name)}`);
      work(connection);
      connection.close();
    },
    async close() {
      await db.close();
      rmSync(folder, { recursive: true });
    },
  };
}
