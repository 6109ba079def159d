import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { desks } from '../../sandbox/history/desks.ts';
import { elsewhere, isElsewhere } from '../../sandbox/history/people.ts';
import { planHistory } from '../../sandbox/history/plan.ts';
import { writeHistory } from '../../sandbox/history/write.ts';
import { openStage, StageClock } from '../../sandbox/stage.ts';
import { localDay, localTime } from '../../src/domain/calendar.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';
import { verifyLedger } from '../../src/services/ledger/verify.ts';
import { createVault } from '../../src/vault.ts';
import { emptyDatabase } from '../support/databases.ts';
import { atEndOfFile } from '../support/end-of-file.ts';
import { at, ZONE } from '../support/office.ts';

const from = at('2026-10-02T08:50');
const until = at('2026-11-27T08:50');
const span = { from, until, zone: ZONE };

describe('the invented weeks', () => {
  const plan = planHistory({ ...span, desks, errands: 76 });

  it('are the same at every start', () => {
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    const again = planHistory({ ...span, desks, errands: 76 });
    expect(digest(JSON.stringify(again))).toBe(digest(JSON.stringify(plan)));
  });

  it('lie in open hours of working days, in order, and none after the morning', () => {
    expect(plan.filter((one) => !publishedCalendar.isWorkingDay(localDay(one.at, ZONE)))).toEqual([]);
    const hours = plan.map((one) => localTime(one.at, ZONE).hour);
    expect([Math.min(...hours), Math.max(...hours)]).toEqual([9, 16]);
    expect(plan.map((one) => one.at)).toEqual(plan.map((one) => one.at).sort((a, b) => a - b));
    expect(plan.every((one) => one.at < until)).toBe(true);
  });

  it('hold every turn that a case can take', () => {
    const steps = new Set(plan.map(({ step }) => step));
    expect([...steps].sort()).toEqual([
      ...[
        'accept',
        'complete',
        'deliver',
        'escalate',
        'followUp',
        'forward',
        'rectify',
        'register',
        'return',
        'withdraw',
      ],
    ]);
    expect(plan.some((one) => one.step === 'complete' && one.outcome === 'refused')).toBe(true);
    expect(plan.some((one) => one.step === 'followUp' && one.rating === 2)).toBe(true);
  });
});

describe('a stage with them', () => {
  it('has figures of two months and a ledger that verifies, and its chats begin this morning', async () => {
    const clock = new StageClock(until);
    const [db, vault] = [emptyDatabase(), createVault(Buffer.alloc(32, 7))];
    const stage = await openStage({
      ...{ clock, db, vault, zone: ZONE, log: pino({ level: 'silent' }), since: from, others: elsewhere },
      before: () => writeHistory({ db, vault, zone: ZONE, from, until }),
      autostart: false,
    });
    atEndOfFile(async () => {
      await stage.stop();
      await db.close();
    });
    expect((await db.read((tx) => verifyLedger({ tx, vault }))).faults).toEqual([]);
    expect(stage.sandbox.world.messages.size).toBe(0);
    const { townManager, stranger } = stage.people;
    await townManager.says('/统计 上月');
    await townManager.says('/排名 本月');
    await stage.settle(1000);
    const words = townManager.sees().join('\n');
    expect(words).toContain('安达社区');
    expect(words).not.toContain('这段时间没有办件');
    const reports = await db.read(({ q, t }) => q.select().from(t.monthlyReports));
    expect(reports.filter(({ submittedAt }) => submittedAt !== null).map(({ month }) => month)).toEqual([
      ...Array(4).fill('2026-09'),
      ...Array(4).fill('2026-10'),
    ]);
    await stage.passTo(at('2026-11-27T09:30'));
    const newest = [...stage.sandbox.world.messages.values()].filter(({ senderOpenId }) => senderOpenId === undefined);
    expect(newest.length).toBeGreaterThan(2);
    expect(clock.now()).toBeGreaterThanOrEqual(at('2026-11-27T09:30'));
    expect(isElsewhere(stranger.openId)).toBe(false);
    await expect(stage.passTo(at('2026-11-27T09:00'))).rejects.toThrow('forward only');
  });
});
