import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inboxReads, inboxWrites } from '../../db/repositories/inbox.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { type OutboxStatus, outboxWrites } from '../../db/repositories/outbox.ts';
import { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { at, type Office, openOffice, wordsOf } from '../support/office.ts';
import { cardsIn, passes, registerCase } from './support.ts';

const VILLAGE = 'oc_village';
const TOWN = 'oc_town';
const BANNER = 'oc_banner';

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

describe('ledger fingerprint', () => {
  let office: Office;

  afterEach(() => office.close());

  it('posts the end of every chain, and the key they are signed by, to the banner’s group on Fridays at four', async () => {
    office = await openOffice({ now: '2026-11-23T10:00' });
    await office.bindGroup(BANNER, '鄂温克族自治旗');
    await office.bindGroup(VILLAGE, '安达社区');
    await office.hire({ openId: 'ou_ada', name: '阿达', unit: '安达社区' });
    await registerCase(office, { openId: 'ou_ada', chatId: VILLAGE });
    await office.app.scheduler.tick();
    await passes(office, '2026-11-27T15:59');
    expect(cardsIn(office, BANNER, '台账指纹')).toEqual([]);
    await passes(office, '2026-11-27T16:00', '2026-11-27T16:01', '2026-11-28T16:00', '2026-12-03T16:00');
    const [card, ...more] = cardsIn(office, BANNER, '台账指纹');
    expect(more).toEqual([]);
    const words = wordsOf(card?.card);
    expect(words).toContain('2026-11-27 台账指纹');
    const heads = await office.db.read((tx) => ledgerReads.heads(tx));
    expect(heads).toHaveLength(2);
    for (const { townId, seq, hash } of heads) {
      const unit = await office.db.read((tx) => unitReads.byId(tx, townId));
      expect(words).toContain(`${unit?.name}：第${seq}条 ${hash.slice(0, 16)}`);
    }
    const [key] = await office.db.read((tx) => ledgerReads.keys(tx));
    expect(words).toContain(`公钥 ${key?.publicKey}`);
    await passes(office, '2026-12-04T16:00');
    expect(cardsIn(office, BANNER, '台账指纹')).toHaveLength(2);
  });

  it('goes to the towns’ groups where the banner has none', async () => {
    office = await openOffice({ now: '2026-11-23T10:00' });
    await office.bindGroup(TOWN, '巴彦托海镇');
    await office.bindGroup('oc_other', '大雁镇');
    await office.bindGroup(VILLAGE, '安达社区');
    await office.app.scheduler.tick();
    await passes(office, '2026-11-27T16:00');
    for (const chat of [TOWN, 'oc_other']) expect(cardsIn(office, chat, '台账指纹')).toHaveLength(1);
    expect(cardsIn(office, VILLAGE, '台账指纹')).toEqual([]);
  });

  it('says nothing while there is no entry', async () => {
    office = await openOffice({ now: '2026-11-23T10:00', adminOpenIds: [] });
    await office.db.write(async (tx) => {
      const [banner] = await unitReads.ofLevels(tx, ['banner']);
      await unitWrites.setChat(tx, { unitId: banner?.id ?? 0, chatId: BANNER });
    });
    await office.app.scheduler.tick();
    await passes(office, '2026-11-27T16:00');
    expect(cardsIn(office, BANNER, '台账指纹')).toEqual([]);
  });
});
