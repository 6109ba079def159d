/** The restore drill: a bot at work, its backup, its database lost, the backup in its place, and the bot goes on. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cronReads } from '../../db/repositories/cron.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { outboxWrites } from '../../db/repositories/outbox.ts';
import { settingWrites } from '../../db/repositories/setting.ts';
import { lockFile } from '../../db/sqlite/lock.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { snapshotSqlite } from '../../db/sqlite/snapshot.ts';
import { clearLeftovers, makeBackup } from '../../src/backup/make.ts';
import { papersBeside } from '../../src/backup/papers.ts';
import { asBackupProblem } from '../../src/backup/problem.ts';
import { sealFile, unsealFile } from '../../src/backup/sealed-file.ts';
import { readConfig } from '../../src/config.ts';
import { createFolderStore } from '../../src/papers/store.ts';
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
const files = () => join(desk.folder, 'files');
const target = () => join(elsewhere, 'data', 'daiban.db');

async function backedUp(): Promise<string> {
  const { code, err } = await desk.daiban('backup');
  expect([code, err]).toEqual([0, '']);
  return join(folder(), readdirSync(folder()).at(-1) ?? '');
}

/** `daiban restore` on a machine where nothing is yet. */
function restore(file: string, with_: { force?: boolean; key?: string; files?: string } = {}) {
  const at = { DATABASE_URL: `file:${target()}`, FILES_URL: `file:${with_.files ?? files()}` };
  const environment = { ...at, DATA_KEY: with_.key ?? KEY.toString('base64') };
  const clock = new TestClock('2026-11-25T10:00');
  return run(`restore ${file}${with_.force ? ' --force' : ''}`, { readConfig: () => readConfig(environment), clock });
}

function options() {
  return {
    databaseFile: desk.file,
    folder: folder(),
    papers: createFolderStore(files()),
    dataKey: KEY,
    zone: ZONE,
    clock: desk.clock,
  };
}

describe('the restore drill', () => {
  it('brings back every row on another machine, verified, and the bot can go on', async () => {
    const file = await backedUp();
    expect(readFileSync(file).includes('安达社区')).toBe(false);
    const { code, out, err } = await restore(file);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('已恢复到 2026-11-23 10:00 的备份');
    expect(readdirSync(join(elsewhere, 'data'))).toEqual(['daiban.db', 'daiban.db.lock']);
    const restored = openSqlite({ file: target() });
    const check = await restored.read((tx) => verifyLedger({ tx, vault: desk.vault }));
    expect(check).toEqual(await desk.db.read((tx) => verifyLedger({ tx, vault: desk.vault })));
    expect(check.entries).toBeGreaterThanOrEqual(20);
    for (const table of ['units', 'agents', 'service_items', 'ledger_entries', 'ledger_heads']) {
      expect(rowsOf(target(), table), table).toEqual(rowsOf(desk.file, table));
    }
    await restored.close();
  });

  it('brings the papers with it, sealed as they are, and tells of those that cannot be found', async () => {
    const name = 'ab'.repeat(16);
    const lost = 'cd'.repeat(16);
    const sealed = Buffer.from('sealed with the key of its person');
    await createFolderStore(files()).put(name, sealed);
    await desk.write(async ({ tx: { q, t } }) => {
      const [agent] = await q.select().from(t.agents);
      const round = { agentId: agent?.id ?? 0, caseId: null, material: null, until: 0 };
      const [{ id: roundId } = { id: 0 }] = await q.insert(t.paperRounds).values(round).returning();
      for (const fileName of [name, lost]) {
        const sent = { roundId, messageId: 'om_1', resourceKey: fileName, kind: 'image' as const, fileName };
        const hash = createHash('sha256').update(sealed).digest('hex');
        const times = { availableAt: 1, createdAt: 1, settledAt: 1 };
        await q.insert(t.papers).values({ ...sent, ...times, state: 'kept', type: 'jpeg', bytes: sealed.length, hash });
      }
    });
    const made = await makeBackup(options(), signal);
    expect(made.papers).toEqual({ papers: 2, missing: 1 });
    rmSync(files(), { recursive: true });
    const back = join(elsewhere, 'papers');
    const { code, out } = await restore(made.file, { files: back });
    expect([code, out]).toEqual([0, expect.stringContaining('材料 1 份的文件都在')]);
    expect(out).toContain('有 1 份材料的文件找不到');
    expect(await createFolderStore(back).get(name)).toEqual(sealed);
  });

  it('deletes an erased person’s papers with the oldest backup that may name them', async () => {
    const name = 'ab'.repeat(16);
    const beside = createFolderStore(papersBeside(folder()));
    const first = await makeBackup(options(), signal);
    await beside.put(name, Buffer.from('sealed'));
    desk.clock.advance(3_600_000);
    await desk.write(async ({ tx: { q, t }, now }) => {
      const [agent] = await q.select().from(t.agents);
      const round = { agentId: agent?.id ?? 0, caseId: null, material: null, until: 0 };
      const [{ id: roundId } = { id: 0 }] = await q.insert(t.paperRounds).values(round).returning();
      const sent = { roundId, messageId: 'om_1', resourceKey: 'img', kind: 'image' as const, fileName: name };
      await q.insert(t.papers).values({ ...sent, state: 'gone', availableAt: 1, createdAt: 1, settledAt: now });
    });
    desk.clock.advance(3_600_000);
    await makeBackup(options(), signal);
    expect(await beside.size(name)).toBe(6);
    // A later one that opens is no reason: whoever has the key that the first was made under reads it.
    desk.clock.advance(3_600_000);
    await makeBackup(options(), signal);
    const bytes = readFileSync(first.file);
    writeFileSync(first.file, Buffer.concat([bytes.subarray(0, 400).fill(0), bytes.subarray(400)]));
    desk.clock.advance(3_600_000);
    await makeBackup(options(), signal);
    expect(await beside.size(name)).toBe(6);
    rmSync(first.file);
    desk.clock.advance(3_600_000);
    await makeBackup(options(), signal);
    expect(await beside.size(name)).toBeUndefined();
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
    expect(readdirSync(folder())).toEqual([basename(whole), 'daiban-2026-11-23-100100.unproven']);
    expect(await desk.db.read(backupState)).toMatchObject({ failed: { problem: 'chains_do_not_verify' } });
    // One that was sealed without the check, by whoever has the key.
    const forged = join(elsewhere, 'forged.backup');
    await sealUnchecked(forged);
    const answer = await restore(forged);
    expect(answer.code).toBe(1);
    expect(answer.err).toContain('没有恢复：里面的台账核对不上');
    expect(readdirSync(join(elsewhere, 'data'))).toEqual(['daiban.db.lock']);
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

  it('puts the file where a link leads, and leaves the link', async () => {
    const file = await backedUp();
    mkdirSync(join(elsewhere, 'data'));
    mkdirSync(join(elsewhere, 'disk'));
    const real = join(elsewhere, 'disk', 'real.db');
    symlinkSync(real, target());
    expect((await restore(file)).code).toBe(0);
    expect(rowsOf(real, 'units').length).toBeGreaterThan(10);
    expect((await restore(file, { force: true })).code).toBe(0);
    expect(lstatSync(target()).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(elsewhere, 'disk')).filter((name) => name.includes('before-restore-'))).toContainEqual(
      expect.stringMatching(/^real\.db\.before-restore-/),
    );
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

describe('a database that does not stand', () => {
  const unproven = () => readdirSync(folder()).filter((name) => name.endsWith('.unproven'));

  /** Fails as `code`, keeps the evidence and every older backup, and says so to the command line and the watch. */
  async function failsAs(code: string, words: string): Promise<void> {
    const before = readdirSync(folder());
    desk.clock.advance(60_000);
    const { code: exit, out, err } = await desk.daiban('backup');
    expect({ exit, out }).toEqual({ exit: 1, out: '' });
    expect(err).toContain(words);
    expect(err).toContain('另存为 .unproven');
    expect(unproven()).toHaveLength(1);
    expect(readdirSync(folder())).toEqual(expect.arrayContaining(before));
    expect(await desk.db.read(backupState)).toMatchObject({ failed: { problem: code } });
    expect((await restore(join(folder(), unproven()[0] ?? ''))).code).toBe(1);
  }

  it('for a damaged page', async () => {
    await backedUp();
    await desk.write(async ({ tx }) => {
      for (let n = 0; n < 200; n++) await settingWrites.set(tx, { key: `filler${n}`, value: 'x'.repeat(500) });
    });
    const snapshot = join(elsewhere, 'damaged.db');
    await snapshotSqlite({ file: desk.file, to: snapshot, signal });
    damage(snapshot, 'settings');
    desk.clock.advance(60_000);
    await expect(makeBackup({ ...options(), databaseFile: snapshot }, signal)).rejects.toMatchObject({
      code: 'pages_damaged',
    });
    expect(readdirSync(folder())).toEqual(['daiban-2026-11-23-100000.backup', 'daiban-2026-11-23-100100.unproven']);
    expect((await restore(join(folder(), unproven()[0] ?? ''))).err).toContain('数据库文件本身已经损坏');
  });

  it('for an index that misses a row', async () => {
    await backedUp();
    desk.tamper((connection) => {
      connection.unsafeMode();
      connection.pragma('writable_schema = on');
      const index = "name = 'agents_open_id_unique'";
      const schema = connection.prepare(`select * from sqlite_master where ${index}`).get();
      connection.exec(`delete from sqlite_master where ${index}`);
      connection.pragma('writable_schema = reset');
      connection.exec("update agents set open_id = 'ou_other'");
      connection.pragma('writable_schema = on');
      connection
        .prepare('insert into sqlite_master values (@type, @name, @tbl_name, @rootpage, @sql)')
        .run(schema ?? {});
      connection.pragma('writable_schema = reset');
    });
    await failsAs('pages_damaged', '数据库文件本身已经损坏');
  });

  it('for a row that refers to nothing', async () => {
    await backedUp();
    desk.tamper((connection) => {
      connection.pragma('foreign_keys = off');
      connection.exec('update agents set unit_id = 99999');
    });
    await failsAs('pages_damaged', '数据库文件本身已经损坏');
  });

  it('for a ledger whose end was cut off, though what is left is whole in itself', async () => {
    const older = join(elsewhere, 'older.db');
    await snapshotSqlite({ file: desk.file, to: older, signal });
    await addEntry();
    await backedUp();
    desk.clock.advance(60_000);
    const withOlder = { ...options(), databaseFile: older };
    await expect(makeBackup(withOlder, signal)).rejects.toMatchObject({ code: 'ledger_shorter' });
    expect(readdirSync(folder())).toEqual(['daiban-2026-11-23-100000.backup', 'daiban-2026-11-23-100100.unproven']);
    // Not fooled by a damaged header, either: the one before tells.
    writeFileSync(join(folder(), 'daiban-2026-11-23-100030.backup'), 'DAIBANBK');
    await expect(makeBackup(withOlder, signal)).rejects.toMatchObject({ code: 'ledger_shorter' });
  });

  it('but not for one that was put back by a restore: what came after its backup is gone on purpose', async () => {
    const first = await backedUp();
    await addEntry();
    desk.clock.advance(60_000);
    await backedUp();
    expect((await restore(first)).code).toBe(0);
    desk.clock.to('2026-11-26T02:00');
    const made = await makeBackup({ ...options(), databaseFile: target() }, signal);
    expect(basename(made.file)).toBe('daiban-2026-11-26-020000.backup');
  });

  it('keeps the newest three that proved nothing, and forgets no backup because of them', async () => {
    const good = await backedUp();
    desk.tamper((connection) => connection.exec("update ledger_entries set kind = 'accept' where seq = 3"));
    for (let night = 0; night < 5; night++) {
      desk.clock.advance(86_400_000);
      await expect(makeBackup(options(), signal)).rejects.toMatchObject({ code: 'chains_do_not_verify' });
    }
    expect(unproven()).toEqual(['26', '27', '28'].map((day) => `daiban-2026-11-${day}-100000.unproven`));
    expect(existsSync(good)).toBe(true);
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
  });

  it('that is stopped leaves nothing', async () => {
    await expect(makeBackup(options(), AbortSignal.abort())).rejects.toMatchObject({ code: 'stopped' });
    expect(readdirSync(folder())).toEqual([]);
  });

  it('clears away what a killed attempt has left, however lately, here and at the start', async () => {
    const leave = () => {
      for (const kind of ['copy', 'copy-wal', 'proof', 'sealed']) {
        writeFileSync(join(folder(), `.daiban-2026-11-23-095959.backup.${kind}`), 'a database in clear');
      }
    };
    mkdirSync(folder());
    leave();
    await makeBackup(options(), signal);
    expect(readdirSync(folder())).toEqual(['daiban-2026-11-23-100000.backup']);
    leave();
    await clearLeftovers(options());
    expect(readdirSync(folder())).toEqual(['daiban-2026-11-23-100000.backup']);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'by the machine’s administrator leaves nothing that the bot’s user cannot use',
    async () => {
      const owner = 65_534;
      chownSync(desk.folder, owner, owner);
      const { file } = await makeBackup(options(), signal);
      const made = [file, folder(), `${desk.file}.backup.lock`];
      mkdirSync(join(elsewhere, 'data'));
      chownSync(join(elsewhere, 'data'), owner, owner);
      expect((await restore(file)).code).toBe(0);
      for (const path of [...made, target(), `${target()}.lock`]) expect(statSync(path).uid, path).toBe(owner);
    },
  );

  it('is one at a time, and touches nothing of the one under way', async () => {
    mkdirSync(folder());
    const copy = join(folder(), '.daiban-2026-11-23-095959.backup.copy');
    writeFileSync(copy, 'under way');
    const release = lockFile(`${desk.file}.backup`);
    await expect(makeBackup(options(), signal)).rejects.toMatchObject({ code: 'busy' });
    expect((await desk.daiban('backup')).err).toContain('另一次备份正在进行');
    await clearLeftovers(options());
    expect(existsSync(copy)).toBe(true);
    release();
    await makeBackup(options(), signal);
    expect(existsSync(copy)).toBe(false);
  });

  it('on a full disk says so, leaves nothing there and the older backups alone', async (context) => {
    const disk = join(elsewhere, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'pipe' });
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

/** Overwrites the middle of a table's last page. */
function damage(path: string, table: string): void {
  const connection = new Sqlite(path, { readonly: true });
  const page = connection.prepare('select max(pageno) from dbstat where name = ?').pluck().get(table);
  const size = connection.pragma('page_size', { simple: true });
  connection.close();
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.alloc(1500, 0xee), 0, 1500, (Number(page) - 1) * Number(size) + 8);
  closeSync(handle);
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
