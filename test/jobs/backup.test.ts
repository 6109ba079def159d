import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { cronReads } from '../../db/repositories/cron.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { type App, buildApp } from '../../src/app.ts';
import { systemCtx } from '../../src/ctx.ts';
import { createFolderStore } from '../../src/papers/store.ts';
import { backupState } from '../../src/services/backup/record.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import { createVault } from '../../src/vault.ts';
import { noFiles } from '../support/no-files.ts';
import { at, TestClock, wordsOf, ZONE } from '../support/office.ts';

const KEY = Buffer.alloc(32, 7);

let folder: string;
let db: Database;
let clock: TestClock;
let app: App;
let posted: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daiban-nightly-'));
  db = openSqlite({ file: join(folder, 'daiban.db') });
  clock = new TestClock('2026-11-23T10:00');
  posted = [];
  const post = async ({ card }: { card: unknown }) => {
    posted.push(wordsOf(card));
    return { messageId: `om_${posted.length}` };
  };
  app = buildApp({
    ...{ db, clock, zone: ZONE, vault: createVault(KEY), log: pino({ level: 'silent' }), adminOpenIds: ['ou_admin'] },
    lark: { post, reply: post, update: async () => {}, ...noFiles },
    backups: {
      databaseFile: join(folder, 'daiban.db'),
      folder: join(folder, 'backups'),
      papers: createFolderStore(join(folder, 'papers')),
      dataKey: KEY,
    },
  });
  await app.prepare();
  await bindBanner();
  await app.scheduler.tick();
  await app.watch.look();
});

afterEach(async () => {
  await app.stop();
  await db.close();
  rmSync(folder, { recursive: true });
});

/** Somebody has to hear of fingerprints, or that is a trouble of its own. */
async function bindBanner(): Promise<void> {
  await db.write(async (tx) => {
    const [banner] = await unitReads.ofLevels(tx, ['banner']);
    const ctx = systemCtx({ clock, zone: ZONE, vault: createVault(KEY) }, tx, 'test');
    await setUnitChat(ctx, { unitId: banner?.id ?? 0, chatId: 'oc_banner' });
  });
}

async function night(time: string): Promise<void> {
  clock.to(time);
  await app.scheduler.tick();
  await app.scheduler.idle();
  await app.watch.look();
  await app.dispatcher.drain();
}

describe('the nightly backup', () => {
  it('is made at two, once, and the administrator hears nothing of it', async () => {
    await night('2026-11-24T01:59');
    expect(readdirSync(folder)).not.toContain('backups');
    expect(await app.watch.troubles()).toEqual([]);
    await night('2026-11-24T02:00');
    await night('2026-11-24T02:01');
    expect(readdirSync(join(folder, 'backups'))).toEqual(['daiban-2026-11-24-020000.backup']);
    expect(await db.read(backupState)).toEqual({ lastGoodAt: at('2026-11-24T02:00') });
    expect(await app.metrics.text()).toContain('daiban_job_runs_total{job="backup",result="ok"} 1');
    expect(posted).toEqual([]);
  });

  it('that fails is told to the administrator in the morning, once, until the next comes off', async () => {
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
    await night('2026-11-24T02:00');
    await night('2026-11-24T02:30');
    expect(posted).toEqual([]);
    await night('2026-11-24T08:00');
    await night('2026-11-24T09:00');
    expect(posted.filter((words) => words.includes('数据库备份没有成功'))).toHaveLength(1);
    expect(posted[0]).toContain('运行 backup，按提示处理（怎么运行见《运维手册》）');
    rmSync(join(folder, 'backups'));
    await night('2026-11-25T02:00');
    expect((await app.watch.troubles()).map((one) => one.key)).not.toContain('backup');
  });

  it('a start clears away the copy in clear that a killed one has left', async () => {
    mkdirSync(join(folder, 'backups'));
    writeFileSync(join(folder, 'backups', '.daiban-2026-11-23-020000.backup.copy'), 'a database in clear');
    await app.start();
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
  });

  it('a start does without a folder of backups, and with a file in its place', async () => {
    await app.start();
    await app.stop();
    writeFileSync(join(folder, 'backups'), '');
    await app.start();
  });

  it('of a database that does not stand is kept aside, and told to the administrator and the health page', async () => {
    await night('2026-11-24T02:00');
    await db.write(async ({ q, t }) => q.update(t.units).set({ chatId: 'oc_forged' }).where(eq(t.units.id, 3)));
    await night('2026-11-25T02:00');
    await night('2026-11-25T08:00');
    expect(posted.filter((words) => words.includes('数据库核对不上，备份没有通过'))).toHaveLength(1);
    expect((await app.watch.troubles()).map((one) => one.key)).toContain('unsound');
    const kept = ['daiban-2026-11-24-020000.backup', 'daiban-2026-11-25-020000.unproven'];
    expect(readdirSync(join(folder, 'backups'))).toEqual(kept);
  });

  it('broken off by a stop leaves nothing half, and its slot is given back', async () => {
    clock.to('2026-11-24T02:00');
    await app.scheduler.tick();
    await app.stop();
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
    expect(await db.read((tx) => cronReads.hasRun(tx, { job: 'backup', slot: clock.now() }))).toBe(false);
  });
});
