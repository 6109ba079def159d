import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inboxReads, inboxWrites } from '../../db/repositories/inbox.ts';
import { outboxReads } from '../../db/repositories/outbox.ts';
import type { Config } from '../../src/config.ts';
import { jobs } from '../../src/jobs/index.ts';
import { openContent } from '../../src/services/message/content.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import { wordsOf, ZONE } from '../support/office.ts';
import { type Desk, KEY, openDesk, run } from './support.ts';

describe('job', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await openDesk();
    for (const [name, chatId] of [
      ['鄂温克族自治旗', 'oc_banner'],
      ['巴彦托海镇', 'oc_town'],
    ] as const) {
      const unitId = (await desk.unit(name)).id;
      await desk.write((ctx) => setUnitChat(ctx, { unitId, chatId }));
    }
  });

  afterEach(() => desk.close());

  const waiting = () => desk.db.read((tx) => outboxReads.counts(tx)).then((counts) => counts.get('waiting') ?? 0);

  it('queues what the slot would have sent; the bot, at its own time, sends it at once', async () => {
    const { code, out, err } = await desk.daiban('job report-reminder --at 2026-12-15T09:00+08:00 --early');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('report-reminder 已按 2026-12-15T09:00+08:00 执行');
    expect(out).toContain('2 条消息已排队，还没有发出');
    expect(desk.posted).toEqual([]);
    await desk.app.dispatcher.drain();
    const reminder = desk.posted.find((one) => one.target === 'oc_town');
    expect(wordsOf(reminder?.card)).toContain('11月工作进展月报');
    expect(desk.posted.map((one) => one.target).sort()).toEqual(['oc_town', 'ou_admin']);
  });

  it('waits for what has not come, unless it is told not to; 值班单 then says the time it is', async () => {
    const line = 'job report-reminder --at 2026-12-15T09:00+08:00';
    const { code, err } = await desk.daiban(line);
    expect({ code, waiting: await waiting() }).toEqual({ code: 1, waiting: 0 });
    expect(err).toContain('2026-12-15T09:00+08:00 还没有到，到时程序自己会执行。');
    expect((await desk.daiban(`${line} --early`)).code).toBe(0);
    await desk.app.dispatcher.drain();
    const upkeep = wordsOf(desk.posted.find(({ target }) => target === 'ou_admin')?.card);
    expect(upkeep).toContain('11月23日值班单');
    expect(upkeep).not.toContain('12月15日');
  });

  it('refuses a mistyped year', async () => {
    const { code, err } = await desk.daiban('job report-reminder --at 9999-12-15T09:00+08:00');
    expect([code, await waiting()]).toEqual([1, 0]);
    expect(err).toContain('离现在太远');
  });

  it('writes its texts as of the slot', async () => {
    await desk.daiban('job weekly-digest --at 2026-12-18T16:00+08:00 --early');
    await desk.app.dispatcher.drain();
    expect(desk.posted.map((one) => one.target)).toEqual(['oc_banner']);
    expect(wordsOf(desk.posted[0]?.card)).toContain('台账指纹（2条链，共3条）');
  });

  it('lets the clock stand at the slot while the job runs', async () => {
    const row = { key: 'old', kind: 'message', receivedAt: desk.clock.now(), status: 'done' as const };
    await desk.write(({ tx }) => inboxWrites.claim(tx, row));
    await desk.daiban('job purge --at 2026-11-30T03:00+08:00 --early');
    expect(await desk.db.read((tx) => inboxReads.byKey(tx, 'old'))).toBeDefined();
    await desk.daiban('job purge --at 2026-12-01T03:00+08:00 --early');
    expect(await desk.db.read((tx) => inboxReads.byKey(tx, 'old'))).toBeUndefined();
  });

  it('gives messages of a slot long past their full time to be delivered', async () => {
    await desk.daiban('job report-overdue --at 2026-10-16T09:00+08:00');
    const rows = await desk.db.read(({ q, t }) => q.select().from(t.outbox));
    expect(rows.map((row) => row.createdAt)).toEqual([desk.clock.now()]);
    await desk.app.dispatcher.drain();
    expect(wordsOf(desk.posted[0]?.card)).toContain('9月月报报送情况');
  });

  it('leaves messages that waited before as they were', async () => {
    await desk.app.receive({ kind: 'chatEntered', eventId: 'ev1', chatId: 'oc_p2p', openId: 'ou_new' });
    const before = await desk.db.read(({ q, t }) => q.select().from(t.outbox));
    expect(before.length).toBeGreaterThan(0);
    desk.clock.advance(60_000);
    await desk.daiban('job report-overdue --at 2026-10-16T09:00+08:00');
    const after = await desk.db.read(({ q, t }) => q.select().from(t.outbox));
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it('does not run a slot twice, whether by hand or by the scheduler', async () => {
    await desk.app.scheduler.tick();
    const line = 'job report-overdue --at 2026-12-16T09:00+08:00 --early';
    expect((await desk.daiban(line)).out).toContain('到时不会再自动执行一遍');
    const again = await desk.daiban(line);
    expect(again.code).toBe(0);
    expect(again.out).toContain('已经执行过，没有重复执行');
    expect(await waiting()).toBe(1);
    desk.clock.to('2026-12-16T09:00');
    await desk.app.scheduler.tick();
    const rows = await desk.db.read(({ q, t }) => q.select().from(t.outbox));
    expect(rows.filter((row) => JSON.stringify(openContent(desk.vault, row)).includes('月报报送情况'))).toHaveLength(1);
    expect((await desk.daiban(line)).out).toContain('已经执行过');
  });

  it('says when there was nothing to send', async () => {
    const { code, out } = await desk.daiban('job purge --at 2026-11-23T03:00+08:00');
    expect(code).toBe(0);
    expect(out).toContain('没有需要发送的消息');
    expect(out).not.toContain('到时');
  });

  it('takes the same moment in another offset', async () => {
    const { code, out } = await desk.daiban('job report-overdue --at 2026-12-16T01:00Z --early');
    expect(code).toBe(0);
    expect(out).toContain('2026-12-16T09:00+08:00');
  });

  it.each(['明天', '2026-12-15', '2026-12-15T09:00', '2026-02-30T09:00+08:00', '2026-12-15T25:00+08:00'])(
    'does not understand the time %s',
    async (time) => {
      const { code, err } = await desk.daiban(`job report-reminder --at ${time}`);
      expect(code).toBe(1);
      expect(err).toContain(`看不懂时间“${time}”`);
      expect(err).toContain('--at 2026-12-15T09:00+08:00');
    },
  );

  it('refuses a time that is no slot and names the nearest', async () => {
    const { code, err } = await desk.daiban('job report-reminder --at 2026-12-14T10:00+08:00 --early');
    expect(code).toBe(1);
    expect(err).toContain('离它最近的是：2026-12-14T09:00+08:00、2026-12-15T09:00+08:00');
    expect(await waiting()).toBe(0);
  });

  it('refuses a day off for a job of working days', async () => {
    const { code, err } = await desk.daiban('job case-deadlines --at 2026-11-28T09:00+08:00');
    expect(code).toBe(1);
    expect(err).toContain('2026-11-27T09:00+08:00、2026-11-30T09:00+08:00');
  });

  it('names the jobs when it does not know one, or is given none', async () => {
    for (const line of [
      'job nonsense --at 2026-12-15T09:00+08:00 --early',
      'job',
      'job purge',
      'job purge purge --at x',
    ]) {
      const { code, err } = await desk.daiban(line);
      expect(code).toBe(1);
      for (const { name } of jobs) expect(err).toContain(name);
    }
  });

  it('undoes a run that fails: the slot can be run again', async () => {
    desk.tamper((connection) => connection.exec('alter table monthly_reports rename to gone'));
    const line = 'job report-overdue --at 2026-12-16T09:00+08:00 --early';
    const failed = await desk.daiban(line);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain('出错了，没有完成');
    desk.tamper((connection) => connection.exec('alter table gone rename to monthly_reports'));
    expect((await desk.daiban(line)).out).toContain('已按');
  });

  it('works in the sandbox with the key beside its database', async () => {
    const config: Config = {
      ...{
        mode: 'sandbox',
        files: { kind: 'folder', folder: './data/papers' },
        adminOpenIds: [],
        port: 0,
        host: '127.0.0.1',
        zone: ZONE,
        logLevel: 'silent',
      },
      database: { engine: 'sqlite', file: desk.file },
    };
    const inSandbox = () => run('job report-overdue --at 2026-12-16T09:00+08:00 --early', { readConfig: () => config });
    expect((await inSandbox()).err).toContain(`读不到沙箱的密钥文件 ${desk.file}.key`);
    writeFileSync(`${desk.file}.key`, 'too short\n');
    expect((await inSandbox()).err).toContain('已损坏');
    writeFileSync(`${desk.file}.key`, `${KEY.toString('base64')}\n`);
    const { code, out } = await inSandbox();
    expect(code).toBe(0);
    expect(out).toContain('沙箱在运行的话');
  });

  it('tells where the messages go when there is a platform', async () => {
    const { out } = await desk.daiban('job report-overdue --at 2026-12-16T09:00+08:00 --early');
    expect(out).toContain('下次启动时发出');
  });

  it('writes nothing under another key than the database’s', async () => {
    const line = 'job report-overdue --at 2026-12-16T09:00+08:00 --early';
    const { code, out, err } = await desk.daiban(line, { DATA_KEY: Buffer.alloc(32, 8).toString('base64') });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^DATA_KEY 打不开已有的数据，请换回原来的密钥/);
    expect(await waiting()).toBe(0);
    expect((await desk.daiban(line, { DATA_KEY: undefined, LARK_APP_ID: '', LARK_APP_SECRET: '' })).err).toContain(
      '请设置 DATA_KEY',
    );
  });

  it('does not make a database where there is none', async () => {
    const folder = join(desk.folder, 'empty');
    mkdirSync(folder);
    const nowhere = { DATABASE_URL: `file:${folder}/daiban.db` };
    const { code, err } = await desk.daiban('job report-overdue --at 2026-12-16T09:00+08:00 --early', nowhere);
    expect(code).toBe(1);
    expect(err).toContain('找不到数据库');
  });
});
