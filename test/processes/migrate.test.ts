import { asc } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { outboxWrites } from '../../db/repositories/outbox.ts';
import { settingReads, settingWrites } from '../../db/repositories/setting.ts';
import { statsWrites } from '../../db/repositories/stats.ts';
import { appendLedger } from '../../src/services/ledger/append.ts';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import { startProblem } from '../../src/start-problem.ts';
import { type Desk, openDesk } from '../cli/support.ts';
import { createPostgresDatabase, openPatiently } from '../support/databases.ts';

let desk: Desk;
let url: string;
let drop: () => Promise<void>;

beforeEach(async () => {
  desk = await openDesk();
  ({ url, drop } = await createPostgresDatabase({ template: false }));
});

afterEach(async () => {
  await desk.close();
  await drop();
});

const migrate = () => desk.daiban(`migrate --from file:${desk.file} --to ${url}`);

async function onTarget<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
  const db = await openPatiently({ url, connectionsMax: 2 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** A life's worth of rows of every kind: long chains, counters, texts that are hard on JSON and on PostgreSQL. */
async function live(entries: number): Promise<void> {
  const town = await desk.unit('巴彦托海镇');
  await desk.write(async (ctx) => {
    for (let n = 0; n < entries; n++) {
      await appendLedger(ctx, {
        townId: town.id,
        caseId: null,
        kind: 'export',
        payload: { n, text: '“引号”\u0000\ud83d' },
      });
    }
    const keys = [{ unitId: town.id, dimension: 'all' as const, key: '' }];
    await statsWrites.add(ctx.tx, { keys, day: '2026-11-23', add: { registered: entries, acceptMinutes: 7 } });
    await settingWrites.set(ctx.tx, { key: 'text', value: '12' });
    await settingWrites.set(ctx.tx, { key: 'object', value: { b: [true, null], a: '零\u0000字节' } });
    await outboxWrites.insert(ctx.tx, {
      ...{ uuid: `u${entries}`, lane: 'oc_1', target: 'oc_1', operation: 'post', contentSealed: 'x' },
      ...{ status: 'waiting', availableAt: 4_102_444_800_000, createdAt: ctx.now },
    });
  });
}

const ledgerOf = (db: Database) =>
  db.read(async ({ q, t }) =>
    q.select().from(t.ledgerEntries).orderBy(asc(t.ledgerEntries.townId), asc(t.ledgerEntries.seq)),
  );

describe('daiban migrate', () => {
  it('moves everything, and the chains and counters are right on the other side', async () => {
    await live(2100);
    const ran = await migrate();
    expect(ran.err).toBe('');
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/已搬完：\d+ 行，逐行核对一致。\n台账：\d+ 条链、2\d{3} 条记录/);
    expect(ran.out).not.toContain('test@');
    await onTarget(async (db) => {
      expect(await ledgerOf(db)).toEqual(await ledgerOf(desk.db));
      expect((await db.read((tx) => verifyLedger({ tx, vault: desk.vault }))).faults).toEqual([]);
      expect(await db.read((tx) => settingReads.get(tx, 'text'))).toBe('12');
      const counters = (of: Database) => of.read(async ({ q, t }) => q.select().from(t.statCounters));
      expect(await counters(db)).toEqual(await counters(desk.db));
      const rows = await db.read(async ({ q, t }) => q.select().from(t.outbox));
      expect(rows).toMatchObject([{ contentSealed: 'x', availableAt: 4_102_444_800_000 }]);
    });
  });

  it('gives new rows numbers that the file never gave, not even to rows that are gone', async () => {
    await live(1);
    await desk.write(async ({ tx: { q, t } }) => q.delete(t.outbox));
    await migrate();
    await onTarget(async (db) => {
      const row = { uuid: 'new', lane: 'l', target: 't', operation: 'post' as const, contentSealed: '' };
      const rest = { status: 'waiting' as const, availableAt: 0, createdAt: 0 };
      await db.write((tx) => outboxWrites.insert(tx, { ...row, ...rest }));
      const ids = await db.read(async ({ q, t }) => q.select({ id: t.outbox.id }).from(t.outbox));
      expect(ids).toEqual([{ id: 2 }]);
      const unit = { code: 'new', level: 'village' as const, name: '新', center: '新站' };
      const [added] = await db.write(async ({ q, t }) => q.insert(t.units).values(unit).returning());
      const known = await desk.db.read(async ({ q, t }) => q.select({ id: t.units.id }).from(t.units));
      expect(added?.id).toBeGreaterThan(Math.max(...known.map((one) => one.id)));
    });
  });

  it('can be run again: nothing happens, or what is new in the file follows', async () => {
    await live(3);
    await migrate();
    expect((await migrate()).out).toContain('新库已经是最新的');
    const chat = await desk.unit('大雁镇');
    await live(4);
    await desk.write((ctx) => setUnitChat(ctx, { unitId: chat.id, chatId: 'oc_new' }));
    const again = await migrate();
    expect(again.out).toContain('已补上新数据');
    await onTarget(async (db) => {
      expect(await ledgerOf(db)).toEqual(await ledgerOf(desk.db));
      const units = await db.read(async ({ q, t }) => q.select().from(t.units));
      expect(units.find((unit) => unit.id === chat.id)?.chatId).toBe('oc_new');
    });
  });

  it('leaves alone a copy that has been worked on', async () => {
    await live(3);
    await migrate();
    await onTarget((db) => db.write((tx) => settingWrites.set(tx, { key: 'text', value: 'mine' })));
    const ran = await migrate();
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('已经在使用');
    await onTarget(async (db) => expect(await db.read((tx) => settingReads.get(tx, 'text'))).toBe('mine'));
  });

  it.each([
    ['a bot’s', async () => onTarget((db) => db.write((tx) => settingWrites.set(tx, { key: 'a', value: 1 })))],
    ['another program’s', async () => statement('CREATE TABLE invoices (id integer)')],
  ])('refuses a database that holds %s data', async (_whose, fill) => {
    await fill();
    const ran = await migrate();
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('目标库里已经有别的数据');
  });

  it('keeps nothing when the ledger does not stand, and does not begin when it is broken', async () => {
    await live(3);
    desk.tamper((connection) => connection.exec("update ledger_entries set payload = '{}' where seq = 2"));
    const ran = await migrate();
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('原库的台账对不上');
    await onTarget(async (db) => expect(await db.read(async ({ q, t }) => q.select().from(t.units))).toEqual([]));
  });

  it('says what is wrong with an address, without its password', async () => {
    expect((await desk.daiban(`migrate --from ${url} --to ${url}`)).err).toContain('只能从数据库文件搬到');
    expect((await desk.daiban(`migrate --to ${url}`)).err).toContain('用法');
    const missing = await desk.daiban(`migrate --from file:${desk.folder}/none.db --to ${url}`);
    expect(missing.err).toContain('找不到数据库');
    const wrong = url.replace('postgres:test@', 'postgres:geheim@');
    const refused = await desk.daiban(`migrate --from file:${desk.file} --to ${wrong}`);
    expect(refused.err).toContain('用户名或密码不对');
    expect(refused.err).not.toContain('geheim');
  });
});

describe('a server that does not let us in', () => {
  it.each([
    [{ password: 'geheim' }, '用户名或密码不对'],
    [{ pathname: '/none' }, '服务器上没有这个库'],
    [{ port: '1' }, '没有服务器在这个地址上接听'],
  ])('is told in a sentence at the start (%#)', async (change, words) => {
    const to = Object.assign(new URL(url), change);
    const error = await openDatabase({ engine: 'postgres', url: to.href }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const sentence = startProblem(error, { database: '', host: '', port: 0 });
    expect(sentence).toContain(`${to.host}${to.pathname}：${words}`);
    expect(sentence).not.toContain('geheim');
  });
});

describe('the other commands on PostgreSQL', () => {
  it('tell an empty database, and work on one that is in use', async () => {
    const environment = { DATABASE_URL: url };
    expect((await desk.daiban('ledger verify', environment)).err).toContain('还没有代办的数据');
    await live(2);
    await migrate();
    expect((await desk.daiban('ledger verify', environment)).out).toContain('OK，全部完好');
    expect((await desk.daiban('doctor', environment)).out).toContain('版本正确');
    const job = await desk.daiban('job weekly-digest --at 2026-11-20T16:00+08:00', environment);
    expect(job.out).toContain('已按');
  });

  it('stop where a newer program has been', async () => {
    await onTarget(async () => {});
    await statement(
      "INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('of tomorrow', 99999999999999)",
    );
    expect((await desk.daiban('ledger verify', { DATABASE_URL: url })).err).toContain('请先升级程序');
    await expect(openPatiently({ url })).rejects.toThrow('升级程序');
  });
});

async function statement(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
