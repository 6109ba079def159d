import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cronWrites } from '../db/repositories/cron.ts';
import { outboxWrites } from '../db/repositories/outbox.ts';
import { settingWrites } from '../db/repositories/setting.ts';
import { createDeliveryWatch, type DeliveryWatch } from '../src/delivery-watch.ts';
import { jobs } from '../src/jobs/index.ts';
import { recordBackup } from '../src/services/backup/record.ts';
import { leaveChat } from '../src/services/unit/leave.ts';
import { createWatch, type Watch } from '../src/watch.ts';
import { at, type Office, openOffice, wordsOf } from './support/office.ts';
import { ADMIN, BANNER } from './support/scene.ts';

describe('the watch', () => {
  let office: Office;
  let watch: Watch;
  let free: number;
  let deliveries: DeliveryWatch;

  beforeEach(async () => {
    office = await openOffice({ now: '2026-11-23T10:00' });
    await office.bindGroup(BANNER, '鄂温克族自治旗');
    await office.settle();
    free = 0.5;
    const { db, vault, clock } = office;
    const parts = { db, vault, clock, zone: 'Asia/Shanghai', log: pino({ level: 'silent' }), wake: () => {} };
    deliveries = createDeliveryWatch(clock);
    watch = createWatch({ ...parts, jobs, deliveries, freeShare: async () => free });
    await watch.look();
    await recorded(undefined);
  });

  afterEach(() => office.close());

  function recorded(problem: string | undefined): Promise<void> {
    return office.db.write((tx) => recordBackup(tx, { at: office.clock.now(), problem }));
  }

  /** Titles of the cards the administrator has got, oldest first. */
  async function told(): Promise<string[]> {
    await office.app.dispatcher.drain();
    return office.posted.filter((one) => one.target === ADMIN).map((one) => wordsOf(one.card).split('\n')[0] ?? '');
  }

  async function lookAt(...times: string[]): Promise<string[]> {
    for (const time of times) {
      office.clock.to(time);
      await watch.look();
    }
    return told();
  }

  const stuck = { uuid: 's', lane: 'oc_x', target: 'oc_x', operation: 'post' as const, contentSealed: '' };

  it('tells of papers that could not be fetched for an hour', async () => {
    await office.db.write(async ({ q, t }) => {
      const [agent] = await q.select().from(t.agents);
      const round = { agentId: agent?.id ?? 0, caseId: null, material: null, until: 0 };
      const [{ id: roundId } = { id: 0 }] = await q.insert(t.paperRounds).values(round).returning();
      const paper = {
        roundId,
        messageId: 'om_1',
        resourceKey: 'img_1',
        kind: 'image' as const,
        fileName: 'a'.repeat(32),
      };
      const createdAt = at('2026-11-23T10:00');
      await q.insert(t.papers).values({ ...paper, state: 'waiting', availableAt: createdAt, createdAt });
    });
    expect(await lookAt('2026-11-23T10:59')).toEqual([]);
    expect(await lookAt('2026-11-23T11:01')).toEqual([expect.stringContaining('有材料取不下来')]);
  });

  it('says nothing while all is well, and writes nothing', async () => {
    const state = () => office.db.read(async ({ q, t }) => q.select().from(t.settings));
    const before = await state();
    expect(await lookAt('2026-11-23T10:01', '2026-11-23T12:00')).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it.each([
    ['lost', '消息和点击没有保存下来'],
    ['stale', '消息和点击因时间不对被拒收'],
  ] as const)('tells when deliveries are %s', async (end, title) => {
    for (let n = 0; n < 3; n++) deliveries.note(end);
    expect(await lookAt('2026-11-23T10:01')).toEqual([title]);
  });

  it('tells of a message that has waited a quarter of an hour, and not a minute before', async () => {
    const row = { ...stuck, createdAt: at('2026-11-23T10:00'), availableAt: at('2026-11-23T10:40') };
    await office.db.write((tx) => outboxWrites.insert(tx, { ...row, status: 'waiting' }));
    expect(await lookAt('2026-11-23T10:14')).toEqual([]);
    expect(await lookAt('2026-11-23T10:15')).toEqual(['有消息发不出去']);
  });

  it('tells of events for another app, and no longer once they stop', async () => {
    deliveries.note('stale');
    deliveries.note('token');
    expect(await lookAt('2026-11-23T10:01')).toEqual([]);
    deliveries.note('app');
    expect(await lookAt('2026-11-23T10:02', '2026-11-23T10:03')).toEqual(['收到了发给别的应用的事件']);
    office.clock.to('2026-11-23T10:12');
    expect(await watch.troubles()).toEqual([]);
  });

  it('repeats a trouble every six hours and no more, however often it looks, and never in the quiet hours', async () => {
    free = 0.04;
    // From ten in the morning to a quarter past eight the next: told at ten, at four, and after the night at eight.
    for (let minute = 0; minute < 22 * 60 + 15; minute += 5) {
      office.clock.advance(5 * 60_000);
      await watch.look();
      await office.app.dispatcher.drain();
    }
    const disk = (await told()).filter((title) => title === '磁盘快满了');
    expect(disk).toHaveLength(3);
  });

  it('tells at once of a trouble that comes back, but not each time it flickers', async () => {
    free = 0.04;
    await lookAt('2026-11-23T10:01');
    for (let minute = 2; minute < 60; minute++) {
      free = minute % 2 ? 0.04 : 0.06;
      await lookAt(`2026-11-23T10:${String(minute).padStart(2, '0')}`);
    }
    expect(await told()).toEqual(['磁盘快满了']);
    free = 0.5;
    await lookAt('2026-11-23T11:00', '2026-11-23T11:31');
    free = 0.049;
    expect(await lookAt('2026-11-23T11:32')).toEqual(['磁盘快满了', '磁盘快满了']);
  });

  it('tells of a failed backup with its reason until one comes off', async () => {
    await recorded('disk_full');
    expect(await lookAt('2026-11-23T10:01')).toEqual(['数据库备份没有成功']);
    expect(wordsOf(office.posted.at(-1)?.card)).toContain('磁盘空间不够');
    // The path of the program on its own disk is none that a reader of the chat can type.
    expect(wordsOf(office.posted.at(-1)?.card)).toMatch(/运行 backup，.*《运维手册》/);
    await recorded(undefined);
    expect(await watch.troubles()).toEqual([]);
  });

  it('tells of a night without a backup: a process that was killed has noted nothing', async () => {
    for (const job of jobs) await office.db.write((tx) => cronWrites.mark(tx, { job: job.name, checkedUntil: 0 }));
    const titles = () => watch.troubles().then((found) => found.map((one) => one.title));
    office.clock.to('2026-11-24T12:00');
    expect(await titles()).not.toContain('数据库超过一天没有备份');
    office.clock.to('2026-11-24T12:01');
    expect(await titles()).toContain('数据库超过一天没有备份');
  });

  it('tells of a job whose time has come and gone on the card of the day, when the quiet hours are over', async () => {
    await office.db.write((tx) =>
      cronWrites.claim(tx, { job: 'case-deadlines', slot: at('2026-11-24T09:00'), ranAt: 1 }),
    );
    expect(await lookAt('2026-11-24T03:14', '2026-11-24T03:15', '2026-11-24T07:59')).toEqual([]);
    expect(await lookAt('2026-11-24T08:00', '2026-11-24T08:01')).toEqual(['11月24日值班单：2件事']);
    const missed = { purge: '03:00', 'retention-erase': '03:40' };
    for (const [job, time] of Object.entries(missed)) {
      expect(wordsOf(office.posted.at(-1)?.card)).toContain(`${job}（11-24 ${time}）没有执行`);
      await office.db.write((tx) => cronWrites.claim(tx, { job, slot: at(`2026-11-24T${time}`), ranAt: 1 }));
    }
    expect(await watch.troubles()).toEqual([]);
  });

  it('does not take for missed what waits for the end of the quiet hours', async () => {
    await office.db.write((tx) => settingWrites.set(tx, { key: 'quietHours', value: { from: '20:00', to: '10:00' } }));
    const missed = async (time: string) => {
      office.clock.to(`2026-11-24T${time}`);
      return (await watch.troubles()).map(({ key }) => key.split(':')[1]);
    };
    expect(await missed('09:59')).toEqual(['purge', 'retention-erase']);
    expect(await missed('10:14')).toEqual(['purge', 'retention-erase']);
    expect(await missed('10:15')).toEqual(expect.arrayContaining(['case-deadlines', 'stand-ins', 'purge']));
  });

  it('does not count what was missed before anybody looked', async () => {
    const fresh = await openOffice({ now: '2026-11-24T08:00' });
    await fresh.bindGroup(BANNER, '鄂温克族自治旗');
    await fresh.settle();
    await fresh.app.watch.look();
    fresh.clock.to('2026-11-24T08:30');
    expect(await fresh.app.watch.troubles()).toEqual([]);
    await fresh.close();
  });

  it('is well again after a clock that stood years ahead is put right', async () => {
    office.clock.to('2036-01-01T00:00');
    await watch.look();
    office.clock.to('2026-11-23T10:05');
    await watch.look();
    await office.settle();
    office.clock.to('2026-11-24T03:15');
    const found = await watch.troubles();
    expect(found.map((one) => one.key)).toEqual([`job:purge:${at('2026-11-24T03:00')}`]);
  });

  it('tells in December, anew each week, that the next year has no published table, until somebody enters it', async () => {
    const keys = () => watch.troubles().then((found) => found.map((one) => one.key));
    office.clock.to('2030-11-29T10:00');
    const ofCalendar = async () => (await keys()).filter((key) => key.startsWith('calendar:'));
    expect(await ofCalendar()).toEqual([]);
    office.clock.to('2030-12-01T10:00');
    expect(await ofCalendar()).toEqual(['calendar:2031:2030-11-25']);
    for (const day of ['2030-12-02', '2030-12-08']) {
      office.clock.to(`${day}T10:00`);
      expect(await ofCalendar()).toEqual(['calendar:2031:2030-12-02']);
    }
    office.clock.to('2030-12-09T10:00');
    expect(await ofCalendar()).toEqual(['calendar:2031:2030-12-09']);
    const value = ['2031-01-01', '2031-10-01'].map((day) => ({ from: day, to: day, kind: 'off', name: '' }));
    await office.db.write((tx) => settingWrites.set(tx, { key: 'ownDays', value }));
    expect(await ofCalendar()).toEqual([]);
  });

  it('tells while there is no group that a fingerprint could be posted to, and a town’s will do', async () => {
    const keys = () => watch.troubles().then((found) => found.map((one) => one.key));
    await office.asProgram((ctx) => leaveChat(ctx, BANNER));
    expect(await keys()).toEqual(['witness']);
    await office.bindGroup('oc_village', '安达社区');
    expect(await keys()).toEqual(['witness']);
    await office.bindGroup('oc_town', '巴彦托海镇');
    expect(await keys()).toEqual([]);
  });
});
