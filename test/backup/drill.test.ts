/** The restore drill: a bot at work, its backup, its database lost, the backup in its place, and the bot goes on. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cronReads } from '../../db/repositories/cron.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { outboxWrites } from '../../db/repositories/outbox.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { snapshotSqlite } from '../../db/sqlite/snapshot.ts';
import { makeBackup } from '../../src/backup/make.ts';
import { asBackupProblem } from '../../src/backup/problem.ts';
import { sealFile, unsealFile } from '../../src/backup/sealed-file.ts';
import { readConfig } from '../../src/config.ts';
import { watchedSince } from '../../src/services/alert/raise.ts';
import { backupState } from '../../src/services/backup/record.ts';
import { appendLedger } from '../../src/services/ledger/append.ts';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { type Desk, KEY, openDesk, run } from '../cli/support.ts';
import { at, TestClock, ZONE } from '../support/office.ts';

const OTHER_KEY = Buffer.alloc(32, 9).toString('base64');
const { signal } = new AbortController();

let desk: Desk;
let elsewhere: string;
beforeEach(async () => {
  desk = await openDesk();
  elsewhere = mkdtempSync(join(tmpdir(), 'daiban-restored-'));
  for (let entry = 0; entry < 20; entry++) await addEntry();
});
afterEach(async () => {
  await desk.close();
  rmSync(elsewhere, { recursive: true });
});

async function addEntry(): Promise<void> {
  const town = await desk.unit('巴彦托海镇');
  await desk.write((ctx) => appendLedger(ctx, { townId: town.id, caseId: null, kind: 'bind', payload: { n: 1 } }));
}

const folder = () => join(desk.folder, 'backups');
const target = () => join(elsewhere, 'data', 'daiban.db');

async function backedUp(): Promise<string> {
  const { code, err } = await desk.daiban('backup');
  expect([code, err]).toEqual([0, '']);
  return join(folder(), readdirSync(folder()).at(-1) ?? '');
}

/** `daiban restore` on a machine where nothing is yet. */
function restore(file: string, with_: { force?: boolean; key?: string } = {}) {
  const environment = { DATABASE_URL: `file:${target()}`, DATA_KEY: with_.key ?? KEY.toString('base64') };
  const clock = new TestClock('2026-11-25T10:00');
  return run(`restore ${file}${with_.force ? ' --force' : ''}`, { readConfig: () => readConfig(environment), clock });
}

function options() {
  return { databaseFile: desk.file, folder: folder(), dataKey: KEY, zone: ZONE, clock: desk.clock };
}

describe('the restore drill', () => {
  it('brings back every row on another machine, verified, and the bot can go on', async () => {
    const file = await backedUp();
    expect(readFileSync(file).includes('安达社区')).toBe(false);
    const { code, out, err } = await restore(file);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('已恢复到 2026-11-23 10:00 的备份');
    expect(readdirSync(join(elsewhere, 'data'))).toEqual(['daiban.db']);
    const restored = openSqlite({ file: target() });
    const check = await restored.read((tx) => verifyLedger({ tx, vault: desk.vault }));
    expect(check).toEqual(await desk.db.read((tx) => verifyLedger({ tx, vault: desk.vault })));
    expect(check.entries).toBeGreaterThanOrEqual(20);
    for (const table of ['units', 'agents', 'service_items', 'ledger_entries', 'ledger_heads']) {
      expect(rowsOf(target(), table), table).toEqual(rowsOf(desk.file, table));
    }
    await restored.close();
  });

  it('copies while the bot writes: what comes out is one moment, and no writer waits', async () => {
    let stop = false;
    let written = 0;
    const writing = (async () => {
      while (!stop) {
        await addEntry();
        written++;
        await new Promise(setImmediate);
      }
    })();
    for (let round = 0; round < 3; round++) {
      desk.clock.advance(60_000);
      const made = await makeBackup(options(), signal);
      expect(made.entries).toBeGreaterThanOrEqual(20);
    }
    stop = true;
    await writing;
    expect(written).toBeGreaterThan(3);
  });

  it('refuses a backup whose chains do not verify, and puts nothing in place', async () => {
    const whole = await backedUp();
    desk.clock.advance(60_000);
    desk.tamper((connection) => connection.exec("update ledger_entries set kind = 'accept' where seq = 3"));
    await expect(makeBackup(options(), signal)).rejects.toMatchObject({ code: 'chains_do_not_verify' });
    const { code, err } = await desk.daiban('backup');
    expect(code).toBe(1);
    expect(err).toContain('台账核对不上');
    expect(readdirSync(folder())).toEqual([whole.slice(folder().length + 1)]);
    expect(await desk.db.read(backupState)).toMatchObject({ failed: { problem: 'chains_do_not_verify' } });
    // One that was sealed without the check, by whoever has the key.
    const forged = join(elsewhere, 'forged.backup');
    await sealUnchecked(forged);
    const answer = await restore(forged);
    expect(answer.code).toBe(1);
    expect(answer.err).toContain('没有恢复：里面的台账核对不上');
    expect(readdirSync(join(elsewhere, 'data'))).toEqual([]);
  });

  it('says clearly when the key is another, or the file is no backup, damaged or not there', async () => {
    const file = await backedUp();
    expect((await restore(file, { key: OTHER_KEY })).err).toContain('DATA_KEY 不是做这份备份时的密钥');
    const damaged = join(elsewhere, 'damaged.backup');
    writeFileSync(damaged, readFileSync(file).subarray(0, -100));
    expect((await restore(damaged)).err).toContain('不完整或被改动过');
    expect((await restore(desk.file)).err).toContain('不是代办的备份');
    expect((await restore('/nowhere.backup')).err).toContain('找不到备份文件');
    expect((await restore('')).err).toContain('用法');
    expect(existsSync(target())).toBe(false);
  });

  it('does not touch a database without --force; with it, the old one is kept under another name', async () => {
    const file = await backedUp();
    mkdirSync(join(elsewhere, 'data'));
    const old = openSqlite({ file: target() });
    const refused = await restore(file);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('--force');
    const busy = await restore(file, { force: true });
    expect(busy.err).toContain('机器人还开着这个数据库');
    await old.close();
    const before = rowsOf(target(), 'units');
    expect(before).toEqual([]);
    const { code, out } = await restore(file, { force: true });
    expect(code).toBe(0);
    const kept = /原来的数据库留在 (\S+)。/.exec(out)?.[1] ?? '';
    expect(rowsOf(kept, 'units')).toEqual([]);
    expect(rowsOf(target(), 'units').length).toBeGreaterThan(10);
  });

  it('does not send again what waited then, nor run again the jobs of the time between', async () => {
    const row = { lane: 'oc_a', target: 'oc_a', contentSealed: '', status: 'waiting' as const };
    const post = { ...row, uuid: 'p', operation: 'post' as const, createdAt: desk.clock.now(), availableAt: 1 };
    await desk.db.write((tx) => outboxWrites.insert(tx, post));
    await desk.app.scheduler.tick();
    await desk.app.watch.look();
    await restore(await backedUp());
    const restored = openSqlite({ file: target() });
    const rows = await restored.read(async ({ q, t }) => q.select().from(t.outbox));
    expect(rows.find((one) => one.uuid === 'p')?.unconfirmedSince).toBe(desk.clock.now());
    const now = at('2026-11-25T10:00');
    expect(await restored.read((tx) => cronReads.checkedUntil(tx, 'purge'))).toBe(now);
    expect(await restored.read((tx) => watchedSince(tx, now))).toBe(now);
    await restored.close();
  });
});

describe('making a backup', () => {
  it('keeps 14 days, forgets older ones only after a success, and leaves no trace of its work', async () => {
    for (let night = 0; night < 16; night++) {
      desk.clock.to(`2026-11-${String(1 + night).padStart(2, '0')}T02:00`);
      await makeBackup(options(), signal);
    }
    const names = readdirSync(folder());
    expect(names).toHaveLength(14);
    expect(names[0]).toBe('daiban-2026-11-03-020000.backup');
  }, 60_000);

  it('that is stopped leaves nothing', async () => {
    await expect(makeBackup(options(), AbortSignal.abort())).rejects.toMatchObject({ code: 'stopped' });
    expect(readdirSync(folder())).toEqual([]);
  });

  it('clears away what a killed attempt has left a day ago', async () => {
    mkdirSync(folder());
    writeFileSync(join(folder(), '.daiban-2026-11-01-020000.backup.copy'), 'half');
    desk.clock.to('2036-11-01T02:00');
    await makeBackup(options(), signal);
    expect(readdirSync(folder())).toEqual(['daiban-2036-11-01-020000.backup']);
  });

  it('on a full disk says so, leaves nothing there and the older backups alone', async (context) => {
    const disk = join(elsewhere, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk], { stdio: 'pipe' });
    } catch {
      context.skip('no right to mount a small disk here');
    }
    try {
      const small = { ...options(), folder: disk };
      await makeBackup(small, signal);
      const [first = ''] = readdirSync(disk);
      desk.clock.advance(60_000);
      await fill(join(disk, 'ballast'));
      await expect(makeBackup(small, signal)).rejects.toMatchObject({ code: 'disk_full' });
      // Filled by somebody else after the look beforehand: each step on its own.
      const copy = snapshotSqlite({ file: desk.file, to: join(disk, 'copy'), signal });
      expect(asBackupProblem(await copy.catch((error: unknown) => error), 'failed').code).toBe('disk_full');
      const facts = { madeAt: 1, chains: [] };
      const sealing = sealFile({ from: desk.file, to: join(disk, 'sealed'), dataKey: KEY, facts, signal });
      await expect(sealing).rejects.toMatchObject({ code: 'disk_full' });
      const unsealing = unsealFile({ from: join(disk, first), to: join(disk, 'out'), dataKey: KEY });
      await expect(unsealing).rejects.toMatchObject({ code: 'disk_full' });
      for (const part of ['copy', 'copy-journal', 'sealed', 'out']) rmSync(join(disk, part), { force: true });
      expect(readdirSync(disk).sort()).toEqual(['ballast', first]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

function rowsOf(file: string, table: string): unknown[] {
  const connection = new Sqlite(file, { readonly: true });
  try {
    return connection.prepare(`select * from ${table}`).all();
  } finally {
    connection.close();
  }
}

async function sealUnchecked(to: string): Promise<void> {
  const copy = join(elsewhere, 'copy.db');
  await snapshotSqlite({ file: desk.file, to: copy, signal });
  const heads = await desk.db.read((tx) => ledgerReads.heads(tx));
  const chains = heads.map(({ townId, seq, hash }) => ({ townId, seq, hash }));
  await sealFile({ from: copy, to, dataKey: KEY, facts: { madeAt: 1, chains }, signal });
}

/** Writes until the disk is full. */
async function fill(file: string): Promise<void> {
  const piece = Buffer.alloc(4096);
  try {
    for (;;) await appendFile(file, piece);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
}
