/** Who can write to the database, but has no DATA_KEY, makes the program send nothing and learns nothing from what waits. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewOutboxRow, OutboxRow } from '../../db/repositories/outbox.ts';
import { ADA, ADMIN, BAI, NAME, openScene, PHONE, type Scene, TOWN, VILLAGE } from '../support/scene.ts';

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

describe('what waits to be sent', () => {
  it('stands in the database in no clear words', async () => {
    await scene.says(ADA, `/事项 ${NAME} ${PHONE}`);
    await revealWaiting();
    const all = JSON.stringify(await rows());
    for (const words of [NAME, PHONE, '事项', 'reveal', 'caseId']) expect(all).not.toContain(words);
  });
});
