import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inboxReads, inboxWrites } from '../../db/repositories/inbox.ts';
import { type OutboxStatus, outboxWrites } from '../../db/repositories/outbox.ts';
import { at, type Office, openOffice } from '../support/office.ts';
import { passes, registerCase } from './support.ts';

const VILLAGE = 'oc_village';

describe('purge', () => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice({ now: '2026-11-23T10:00' });
    await office.app.scheduler.tick();
  });

  afterEach(() => office.close());

  async function delivery(key: string, receivedAt: number): Promise<void> {
    await office.db.write((tx) => inboxWrites.claim(tx, { key, kind: 'message', receivedAt, status: 'done' }));
  }

  it('forgets deliveries after a week, at three in the night', async () => {
    await delivery('old', at('2026-11-17T02:59'));
    await delivery('young', at('2026-11-17T03:01'));
    await passes(office, '2026-11-24T02:59');
    expect(await office.db.read((tx) => inboxReads.byKey(tx, 'old'))).toBeDefined();
    await passes(office, '2026-11-24T03:00');
    expect(await office.db.read((tx) => inboxReads.byKey(tx, 'old'))).toBeUndefined();
    expect(await office.db.read((tx) => inboxReads.byKey(tx, 'young'))).toBeDefined();
  });

  it('forgets messages delivered or kept aside after the longest month', async () => {
    for (const status of ['sent', 'dead'] satisfies OutboxStatus[]) {
      for (const settledAt of [at('2026-10-24T02:59'), at('2026-10-24T03:01')]) {
        const row = {
          uuid: `${status}${settledAt}`,
          lane: 'oc',
          target: 'oc',
          operation: 'post' as const,
          contentSealed: '',
        };
        const times = { availableAt: settledAt, createdAt: settledAt, settledAt };
        await office.db.write((tx) => outboxWrites.insert(tx, { ...row, ...times, status }));
      }
    }
    await passes(office, '2026-11-24T03:00');
    const rows = await office.db.read(({ q, t }) => Promise.resolve(q.select().from(t.outbox)));
    const left = (status: OutboxStatus) => rows.filter((row) => row.status === status).length;
    expect([left('sent'), left('dead')]).toEqual([1, 1]);
  });

  it('forgets a registration card that nobody has submitted for a week; its button then says what to do', async () => {
    await office.bindGroup(VILLAGE, '安达社区');
    await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
    await office.says('ou_ada', '/登记 低保 张三丰 13800001234', VILLAGE);
    await office.settle();
    await passes(office, '2026-12-01T03:00');
    const answer = await office.clicks('ou_ada', { target: VILLAGE, label: '提交登记', form: { consent: true } });
    expect(answer.toast?.content).toContain('请发 /登记 重新开一张');
  });

  it('leaves the ledger whole', async () => {
    await office.bindGroup(VILLAGE, '安达社区');
    await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    const before = await office.checkLedger();
    await passes(office, '2027-11-24T03:00');
    expect((await office.checkLedger()).entries).toBeGreaterThanOrEqual(before.entries);
    expect((await office.checkLedger()).faults).toEqual([]);
  });
});
