import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingWrites } from '../../db/repositories/setting.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { type CounterDifference, ensureCounters, rebuildCounters } from '../../src/services/stats/rebuild.ts';
import { bruteForceCounters, keptCounters } from '../support/brute-force.ts';
import { ZONE } from '../support/office.ts';
import { ADA, BAI, CLERK, openScene, RELIEF, type Scene, TOWN, UNEMPLOYMENT, VILLAGE } from '../support/scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene({ now: '2025-09-29T17:00' });
});

afterEach(() => scene.close());

/** Three months of everything: returned twice over the National Day holiday, withdrawn, done on the spot, rated badly. */
async function threeMonths(): Promise<void> {
  await scene.register();
  await scene.register({ itemName: RELIEF, way: 'doorstep' });
  await scene.register({ itemName: UNEMPLOYMENT, onTheSpot: true }, { openId: BAI, chat: undefined });
  await scene.does(CLERK, { target: TOWN, label: '接收' });
  for (const day of ['2025-10-09T09:00', '2025-10-11T15:00']) {
    scene.clock.to(day);
    await scene.does(CLERK, {
      target: TOWN,
      label: '退回补正',
      form: { note: '缺材料', materials: '证', whyNotBefore: '当时没看出来' },
    });
    scene.clock.advance(20 * 3_600_000);
    await scene.does(ADA, { target: VILLAGE, label: '重新转送', form: { note: '齐了' } });
    await scene.does(CLERK, { target: TOWN, label: '接收' });
  }
  scene.clock.to('2025-11-03T10:00');
  await scene.does(CLERK, { target: TOWN, label: '办结', form: { outcome: 'granted' } });
  await scene.does(ADA, { target: VILLAGE, label: '确认送达', form: { deliveryWay: 'pickup' } });
  await scene.does(ADA, { target: VILLAGE, label: '回访评价', form: { rating: '2', comment: '太慢了' } });
  await scene.does(ADA, { target: VILLAGE, label: '撤回', form: { note: '不办了' } });
}

async function differences(write: boolean): Promise<CounterDifference[]> {
  const found: CounterDifference[] = [];
  const run = write ? scene.db.write : scene.db.read;
  await run((tx) => rebuildCounters({ tx, zone: ZONE }, { write, onDifference: (one) => found.push(one) }));
  return found;
}

const table = async () => keptCounters(await scene.db.read(async ({ q, t }) => q.select().from(t.statCounters)));

describe('the counters', () => {
  it('are what a brute count and the rebuilding say, over months, returns, a withdrawal and a completion on the spot', async () => {
    await threeMonths();
    const counted = await scene.db.read(async (tx) => ({
      cases: await tx.q.select().from(tx.t.cases),
      units: await unitReads.all(tx),
    }));
    expect(await table()).toEqual(bruteForceCounters({ ...counted, entries: await scene.entries() }, ZONE));
    expect(await differences(false)).toEqual([]);
  });

  it('are made again from the ledger', async () => {
    await threeMonths();
    const before = await table();
    await scene.db.write(async ({ q, t }) => {
      await q.update(t.statCounters).set({ registered: 7 });
    });
    const found = await differences(true);
    expect(found.length).toBeGreaterThan(10);
    expect(found).toContainEqual({
      unitId: scene.unitId('巴彦托海镇'),
      dimension: 'all',
      key: '',
      period: 'm2025-09',
      name: 'registered',
      kept: 7,
      counted: 3,
    });
    expect(await table()).toEqual(before);
    expect(await differences(false)).toEqual([]);
  });

  it('of another version of the program are made again at the start, those of this one are left alone', async () => {
    await threeMonths();
    const before = await table();
    const empty = () => scene.db.write(async ({ q, t }) => void (await q.delete(t.statCounters)));
    await empty();
    await scene.app.prepare();
    expect(await table()).toEqual({});
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'counters', value: 1 }));
    await scene.app.prepare();
    expect(await table()).toEqual(before);
  });

  it('are announced before those of an earlier version are replaced, and only then', async () => {
    const told = vi.fn();
    const ensure = () => scene.db.write((tx) => ensureCounters({ tx, zone: ZONE }, { onRemake: told }));
    await ensure();
    await scene.db.write(async ({ q, t }) => void (await q.delete(t.settings).where(eq(t.settings.key, 'counters'))));
    await ensure();
    expect(told).not.toHaveBeenCalled();
    await scene.db.write((tx) => settingWrites.set(tx, { key: 'counters', value: 1 }));
    await ensure();
    expect(told).toHaveBeenCalledOnce();
  });
});
