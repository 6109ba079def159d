/** What people read on a living card today must not be wrong in a year, although nobody draws it again. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../cards/card.ts';
import { cardReads } from '../../db/repositories/card.ts';
import { drawLivingCard } from '../../src/services/card/draw.ts';
import { buttonOf, type Press, wordsOf, ZONE } from '../support/office.ts';
import { ADA, CLERK, openScene, type Scene, STRANGER, TOWN, TOWN_MANAGER, VILLAGE } from '../support/scene.ts';

const DAY_MS = 24 * 3_600_000;

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});

afterEach(() => scene.close());

/** Every living card as it would be drawn at that moment. */
async function drawn(now: number): Promise<Card[]> {
  return scene.db.read(async (tx) => {
    const rows = await tx.q.select({ id: tx.t.livingCards.id }).from(tx.t.livingCards);
    const cards = await Promise.all(rows.map(({ id }) => cardReads.byId(tx, id)));
    const ctx = { tx, now, zone: ZONE, vault: scene.vault };
    const faces = await Promise.all(cards.map((card) => card && drawLivingCard(ctx, card)));
    return faces.filter((face) => face !== undefined);
  });
}

async function expectTrue(): Promise<void> {
  const now = scene.clock.now();
  const today = await drawn(now);
  expect(today.length).toBeGreaterThan(0);
  for (const days of [1, 8, 40, 400]) expect(await drawn(now + days * DAY_MS)).toEqual(today);
}

const steps: Readonly<Record<string, { who: string } & Press>> = {
  accept: { who: CLERK, target: TOWN, label: '接收' },
  return: { who: CLERK, target: TOWN, label: '退回补正', form: { note: '缺户口本', materials: '户口本' } },
  forward: { who: ADA, target: VILLAGE, label: '重新转送' },
  urge: { who: ADA, target: VILLAGE, label: '催办' },
  complete: { who: CLERK, target: TOWN, label: '办结', form: { outcome: 'granted' } },
  deliver: { who: ADA, target: VILLAGE, label: '确认送达', form: { deliveryWay: 'doorstep' } },
  badRating: { who: ADA, target: VILLAGE, label: '回访评价', form: { rating: '1', comment: '等得太久' } },
  rectify: { who: TOWN_MANAGER, target: TOWN, label: '整改', form: { note: '已上门致歉' } },
  undo: { who: CLERK, target: TOWN, label: '撤销' },
  note: { who: ADA, target: VILLAGE, label: '加说明', form: { say: '周五来' } },
  withdraw: { who: ADA, target: VILLAGE, label: '撤回', form: { note: '自己办好了' } },
};

/** Takes the step if somebody may take it now. */
async function takes(name: string): Promise<void> {
  const step = steps[name];
  if (step === undefined || !scene.posted.some((one) => one.target === step.target && buttonOf(one.card, step.label)))
    return;
  const { who, ...press } = step;
  await scene.does(who, press);
}

describe('a living card says the same a year later', () => {
  it('of a case in every state of its way', async () => {
    await scene.register();
    await expectTrue();
    for (const name of [
      'accept',
      'return',
      'forward',
      'urge',
      'accept',
      'complete',
      'deliver',
      'badRating',
      'rectify',
    ]) {
      await takes(name);
      await expectTrue();
    }
    expect(wordsOf(scene.last(VILLAGE).card)).toContain('已归档');
  });

  it('of a case after any steps at any times', async () => {
    const step = fc.record({ name: fc.constantFrom(...Object.keys(steps)), afterDays: fc.integer({ min: 0, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (taken) => {
        await scene.register();
        for (const { name, afterDays } of taken) {
          scene.clock.advance(afterDays * DAY_MS);
          if (afterDays % 2 === 1) await scene.app.scheduler.tick();
          await scene.settle();
          await takes(name);
        }
        await expectTrue();
      }),
      { numRuns: 8 },
    );
  });

  it('of a report, before and after its last day, and of an application', async () => {
    await scene.says(STRANGER, '/我');
    await scene.settle();
    const form = { name: '新人', phone: '15040001234', unit: String(scene.unitId('安达社区')), employment: 'fullTime' };
    await scene.does(STRANGER, { target: STRANGER, label: '提交申请', form });
    for (const time of ['2026-12-10T09:00', '2026-12-16T09:00']) {
      scene.clock.to(time);
      await scene.app.scheduler.tick();
      await scene.settle();
      await expectTrue();
    }
    const words = (await drawn(scene.clock.now())).map(wordsOf).join('\n');
    for (const shown of ['已逾期', '代办员申请']) expect(words).toContain(shown);
    await scene.does(TOWN_MANAGER, { target: TOWN, label: '确认报送' });
    await expectTrue();
  });
});

describe('a case past its promised day', () => {
  const shown = () => wordsOf(scene.last(TOWN).card);

  it('says so when the morning’s look has found it, by an edit of its card, and not before', async () => {
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    const card = scene.last(TOWN);
    scene.clock.to('2026-11-30T09:00');
    await scene.app.scheduler.tick();
    await scene.settle();
    scene.clock.to('2026-12-01T08:59');
    await scene.app.scheduler.tick();
    await scene.settle();
    expect(wordsOf(card.card)).not.toContain('已超期');
    const { updates } = card;
    scene.clock.to('2026-12-01T09:00');
    await scene.app.scheduler.tick();
    await scene.settle();
    expect(wordsOf(card.card)).toContain('11月30日，已超期');
    expect(card.updates).toBe(updates + 1);
    scene.clock.to('2026-12-02T09:00');
    await scene.app.scheduler.tick();
    await scene.settle();
    expect(card.updates, 'once is enough').toBe(updates + 1);
  });

  it('no longer says so when it was given back, nor after it was sent again in good time', async () => {
    await scene.register();
    await scene.does(CLERK, { target: TOWN, label: '接收' });
    scene.clock.to('2026-12-01T09:00');
    await scene.app.scheduler.tick();
    await scene.settle();
    await scene.does(CLERK, { target: TOWN, label: '退回补正', form: { note: '缺户口本' } });
    for (const chat of [TOWN, VILLAGE]) expect(scene.cards(chat, '已超期').filter(isCase)).toEqual([]);
    await scene.does(ADA, { target: VILLAGE, label: '重新转送' });
    expect(shown()).not.toContain('已超期');
    scene.clock.to('2026-12-03T09:00');
    await scene.app.scheduler.tick();
    await scene.settle();
    expect(scene.cards(TOWN, '已超期').filter(isCase)).toHaveLength(1);
  });
});

function isCase(posted: { card: Card }): boolean {
  return wordsOf(posted.card).startsWith('代办件');
}
