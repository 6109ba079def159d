/** Who can write to the database, but has no DATA_KEY, makes the program send nothing and learns nothing from what waits. */
import { randomUUID } from 'node:crypto';
import { and, eq, isNull, like } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tx } from '../../db/database.ts';
import { agentReads, type NewAgent } from '../../db/repositories/agent.ts';
import type { NewOutboxRow, OutboxRow } from '../../db/repositories/outbox.ts';
import { systemCtx } from '../../src/ctx.ts';
import { deactivateLeaver } from '../../src/services/agent/change.ts';
import { agentFacts, recordAgent } from '../../src/services/ledger/agent-entry.ts';
import { ledgerHash } from '../../src/services/ledger/hash.ts';
import {
  ADA,
  ADMIN,
  BAI,
  BANNER_MANAGER,
  CLERK,
  NAME,
  OTHER_CLERK,
  OTHER_TOWN,
  openScene,
  PHONE,
  type Scene,
  STRANGER,
  TOWN,
  TOWN_MANAGER,
  VILLAGE,
} from '../support/scene.ts';

const THIEF = 'ou_thief';
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const rows = () => scene.db.read(async ({ q, t }) => q.select().from(t.outbox).orderBy(t.outbox.id));
const gotBy = (target: string) => scene.posted.filter((one) => one.target === target).length;

const insert = (row: Partial<NewOutboxRow> & { contentSealed: string }) =>
  scene.db.write(async ({ q, t }) => {
    const now = scene.clock.now();
    const post = { lane: THIEF, target: THIEF, operation: 'post' as const, status: 'waiting' as const };
    await q.insert(t.outbox).values({ ...post, uuid: randomUUID(), availableAt: now, createdAt: now, ...row });
  });

const change = (row: OutboxRow | undefined, set: Partial<NewOutboxRow>) =>
  scene.db.write(async ({ q, t }) => {
    await q
      .update(t.outbox)
      .set(set)
      .where(eq(t.outbox.id, row?.id ?? 0));
  });

/** A look at the applicant that Ada asked for and that has not been sent yet. */
async function revealWaiting(): Promise<OutboxRow | undefined> {
  await scene.register();
  await scene.clicks(ADA, { target: VILLAGE, label: '查看申请人' });
  return (await rows()).find(({ target, status }) => target === ADA && status === 'waiting');
}

describe('a row that somebody else wrote', () => {
  const days = { from: '2026-11-01', to: '2026-11-30', label: '本月' };

  it.each([
    ['a reveal', { kind: 'reveal', caseId: 1, agentId: 1, entry: { townId: 2, seq: 1 } }],
    [
      'a file with full data',
      {
        kind: 'sheet',
        order: {
          ...{ ...days, name: 'ledger', unitId: 1, agentId: 1, askedAt: 4_000_000_000_000 },
          ...{ full: { reason: '无', entry: { townId: 1, seq: 1 } }, part: 1, parts: 1 },
        },
      },
    ],
    ['a card', { kind: 'fixed', card: { schema: '2.0', body: { elements: [] } } }],
  ])('is not sent, in clear: %s', async (_, content) => {
    await scene.register();
    await insert({ contentSealed: JSON.stringify(content) });
    await scene.settle();
    expect([gotBy(THIEF), scene.files.length]).toEqual([0, 0]);
  });

  it.each(['', '{', 'x'.repeat(200), JSON.stringify(null)])('costs itself only: %j', async (contentSealed) => {
    for (const target of [THIEF, TOWN, ADA]) await insert({ target, lane: target, contentSealed });
    const before = [gotBy(TOWN), gotBy(ADA)];
    await scene.register();
    await scene.says(ADA, '/帮助');
    await scene.settle();
    expect(gotBy(THIEF)).toBe(0);
    expect(gotBy(TOWN)).toBeGreaterThan(before[0] ?? 0);
    expect(gotBy(ADA)).toBeGreaterThan(before[1] ?? 0);
    expect((await rows()).filter(({ status }) => status === 'dead')).toHaveLength(3);
  });

  it('is told to the administrators, once and without what it said', async () => {
    for (let count = 0; count < 20; count++) await insert({ contentSealed: `{"name":"${NAME}"}` });
    await scene.settle();
    for (let look = 0; look < 3; look++) {
      await scene.app.watch.look();
      await scene.settle();
    }
    const told = scene.cards(ADMIN, '待发消息被改动过');
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).toContain('20 条');
  });
});

describe('a row of the program that somebody changed', () => {
  it.each([
    ['target', { target: THIEF, lane: THIEF }],
    ['operation and message', { operation: 'reply' as const, messageId: 'om_thief' }],
    ['uuid', { uuid: 'another' }],
    ['living card', { livingCardId: 1 }],
  ])('is not sent: its %s', async (_, set) => {
    await change(await revealWaiting(), set);
    const before = scene.posted.length;
    await scene.settle();
    expect(scene.posted.slice(before)).toEqual([]);
  });

  it('is not sent when its content stood in another row', async () => {
    const reveal = await revealWaiting();
    await scene.says(BAI, '/帮助');
    const other = (await rows()).find(({ target, status }) => target === BAI && status === 'waiting');
    await change(other, { contentSealed: reveal?.contentSealed ?? '' });
    await scene.settle();
    expect(scene.cards(BAI, PHONE)).toEqual([]);
  });

  it('is sent when nobody changed it', async () => {
    await revealWaiting();
    await scene.settle();
    expect(scene.cards(ADA, PHONE)).toHaveLength(1);
  });
});

const writesAgent = (openId: string, set: Partial<NewAgent>) =>
  scene.db.write(async ({ q, t }) => {
    await q.update(t.agents).set(set).where(eq(t.agents.openId, openId));
  });

async function isTold(): Promise<boolean> {
  await scene.app.watch.look();
  await scene.settle();
  return scene.cards(ADMIN, '待发消息被改动过').length > 0;
}

describe('a row that gives a right, changed by hand', () => {
  it.each([
    ['unit', OTHER_CLERK, OTHER_CLERK, () => ({ unitId: scene.unitId('巴彦托海镇') })],
    ['person', CLERK, THIEF, () => ({ openId: THIEF })],
  ])('of a member of staff reveals nobody: %s', async (_, openId, asker, set) => {
    await scene.register();
    await writesAgent(openId, set());
    await scene.clicks(asker, { target: TOWN, label: '查看申请人' });
    await scene.settle();
    expect(scene.cards(asker, PHONE)).toEqual([]);
    expect(await isTold()).toBe(true);
  });

  it('of somebody who left reveals nobody', async () => {
    await scene.register();
    await scene.db.write(async (tx) => {
      const ctx = systemCtx({ ...scene, zone: 'Asia/Shanghai' }, tx, 'test');
      const agent = await agentReads.byOpenId(tx, CLERK);
      if (!agent) throw new Error('nobody');
      await recordAgent(ctx, { kind: 'deactivateAgent', agent: { ...agent, status: 'left' } });
    });
    await scene.clicks(CLERK, { target: TOWN, label: '查看申请人' });
    await scene.settle();
    expect(scene.cards(CLERK, PHONE)).toEqual([]);
    expect(await isTold()).toBe(true);
  });

  it('of the ledger itself gives no right', async () => {
    await scene.register();
    await writesAgent(OTHER_CLERK, { unitId: scene.unitId('巴彦托海镇') });
    await scene.db.write(async ({ q, t }) => {
      const agent = await agentReads.byOpenId({ q, t } as Tx, OTHER_CLERK);
      if (!agent) throw new Error('nobody');
      const [entry] = await q
        .select()
        .from(t.ledgerEntries)
        .where(like(t.ledgerEntries.payload, `%"agentId":${agent.id}}`));
      if (!entry) throw new Error('no entry');
      const forged = { ...entry, seq: 9_000, payload: JSON.stringify({ ...agentFacts(agent), agentId: agent.id }) };
      await q.insert(t.ledgerEntries).values({ ...forged, hash: ledgerHash(forged) });
    });
    await scene.clicks(OTHER_CLERK, { target: TOWN, label: '查看申请人' });
    await scene.settle();
    expect(scene.cards(OTHER_CLERK, PHONE)).toEqual([]);
  });

  it('of a case reveals nobody', async () => {
    const { id } = await scene.register();
    await scene.db.write(async ({ q, t }) => {
      await q
        .update(t.cases)
        .set({ holderUnitId: scene.unitId('大雁镇') })
        .where(eq(t.cases.id, id));
    });
    await scene.forges(OTHER_CLERK, { value: { v: 1, action: 'case.reveal', caseId: id }, chat: OTHER_TOWN });
    await scene.settle();
    expect(scene.cards(OTHER_CLERK, PHONE)).toEqual([]);
    expect(await isTold()).toBe(true);
  });

  it('of a case opens its correction for nobody', async () => {
    const { id } = await scene.register();
    await scene.db.write(async ({ q, t }) => {
      await q
        .update(t.cases)
        .set({ registeringUnitId: scene.unitId('大雁镇') })
        .where(eq(t.cases.id, id));
    });
    await scene.forges(OTHER_CLERK, { value: { v: 1, action: 'case.askCorrect', caseId: id }, chat: OTHER_TOWN });
    await scene.settle();
    expect((await rows()).some(({ target, error }) => target === OTHER_CLERK && error !== null)).toBe(true);
    expect(scene.cards(OTHER_CLERK, PHONE)).toEqual([]);
    expect(await isTold()).toBe(true);
  });

  it('becomes no true one by a change that it allows', async () => {
    await writesAgent(CLERK, { role: 'admin' });
    await scene.says(CLERK, '/角色 白音 管理员');
    await scene.settle();
    const before = (await scene.entries()).length;
    await scene.clicks(CLERK, { target: CLERK, label: '确认修改' });
    expect((await scene.entries()).length).toBe(before);
  });

  it('of a manager exports nothing in full', async () => {
    await scene.register();
    await writesAgent(BANNER_MANAGER, { role: 'admin' });
    await scene.says(BANNER_MANAGER, '/台账');
    await scene.settle();
    await scene.does(BANNER_MANAGER, { target: BANNER_MANAGER, label: '要完整信息' });
    const before = scene.files.length;
    const form = { reason: '年度检查' };
    await scene.clicks(BANNER_MANAGER, { target: BANNER_MANAGER, label: '确认导出', form });
    await scene.settle();
    expect(scene.files.length).toBe(before);
    expect(await isTold()).toBe(true);
  });
});

describe('a form or a card, changed by hand', () => {
  it('shows in a group nothing that was typed there', async () => {
    await scene.says(ADA, `/登记 低保 ${NAME} ${PHONE}`, VILLAGE);
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.drafts).set({ shared: false });
    });
    await scene.settle();
    expect(scene.cards(VILLAGE, PHONE)).toEqual([]);
  });

  it('comes back into a group with nothing that was typed there', async () => {
    await scene.says(ADA, '/登记', VILLAGE);
    await scene.settle();
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.drafts).set({ shared: false });
    });
    const form = { ...scene.registration(), phone: PHONE, applicantName: '' };
    const press = () => scene.clicks(ADA, { target: VILLAGE, label: '提交登记', form });
    expect(JSON.stringify(await press())).not.toContain(PHONE);
  });

  const phone = '13900001111';
  async function applies(): Promise<void> {
    await scene.says(STRANGER, '/登记');
    await scene.settle();
    const form = { name: '新来的', phone, employment: 'partTime', unit: String(scene.unitId('安达社区')) };
    await scene.clicks(STRANGER, { target: STRANGER, label: '提交申请', form });
  }

  it('shows an application’s phone number in no other message', async () => {
    await applies();
    await scene.settle();
    await scene.says(ADA, '/帮助', VILLAGE);
    await scene.settle();
    const message = scene.last(VILLAGE);
    await scene.db.write(async ({ q, t }) => {
      const { messageId } = message;
      await q.update(t.livingCards).set({ messageId }).where(eq(t.livingCards.target, TOWN_MANAGER));
    });
    await scene.clicks(TOWN_MANAGER, { target: TOWN_MANAGER, label: '不通过', form: { reason: '人员已定' } });
    await scene.settle();
    expect(JSON.stringify(message.card)).toContain('新来的');
    expect(JSON.stringify(message.card)).not.toContain(phone);
  });

  it('shows an application in no other chat', async () => {
    await applies();
    await scene.register();
    const [application] = await scene.db.read(async ({ q, t }) =>
      q.select().from(t.livingCards).where(eq(t.livingCards.target, TOWN_MANAGER)),
    );
    await scene.says(CLERK, '/查 26-01-00001', TOWN);
    await scene.db.write(async ({ q, t }) => {
      const { subject = 'application', subjectId = 0, target = '', agentId = null } = application ?? {};
      const set = { subject, subjectId, target, agentId, messageId: null, retiredAt: null };
      const gone = { target: THIEF, subjectId: 0 };
      await q
        .update(t.livingCards)
        .set(gone)
        .where(eq(t.livingCards.id, application?.id ?? 0));
      await q
        .update(t.livingCards)
        .set(set)
        .where(and(eq(t.livingCards.target, TOWN), isNull(t.livingCards.messageId)));
    });
    await scene.settle();
    expect(scene.cards(TOWN, phone)).toEqual([]);
  });
});

it('a withdrawn message that is set to wait again does not go to somebody who has left', async () => {
  await scene.says(CLERK, '/帮助');
  const waiting = (await rows()).filter(({ target, status }) => target === CLERK && status === 'waiting');
  expect(waiting).toHaveLength(1);
  await scene.clock.advance(60_000);
  await scene.db.write((tx) => deactivateLeaver(systemCtx({ ...scene, zone: 'Asia/Shanghai' }, tx, 'test'), CLERK));
  await change(waiting[0], { status: 'waiting', settledAt: null });
  const before = gotBy(CLERK);
  await scene.settle();
  expect(gotBy(CLERK)).toBe(before);
});

describe('what waits to be sent', () => {
  it('stands in the database in no clear words', async () => {
    await scene.says(ADA, `/事项 ${NAME} ${PHONE}`);
    await revealWaiting();
    const all = JSON.stringify(await rows());
    for (const words of [NAME, PHONE, '事项', 'reveal', 'caseId']) expect(all).not.toContain(words);
  });
});
