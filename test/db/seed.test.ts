import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { itemReads, itemWrites } from '../../db/repositories/item.ts';
import { unitReads, unitWrites } from '../../db/repositories/unit.ts';
import { seed } from '../../db/seed/seed.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import { unitLevels } from '../../src/domain/unit.ts';
import { emptyDatabase } from '../support/databases.ts';

describe('the seed', () => {
  let db: Database;

  beforeEach(async () => {
    db = emptyDatabase();
    await db.write(seed);
  });

  afterEach(async () => {
    await db.close();
  });

  const everything = () =>
    db.read(async (tx) => ({
      units: await unitReads.ofLevels(tx, unitLevels),
      items: await itemReads.active(tx, FIRST_DAY),
    }));

  it('has the ten towns of the plan, numbered, with their centers', async () => {
    const towns = (await everything()).units.filter((unit) => unit.level === 'town');
    expect(towns.map((town) => town.name)).toEqual([
      '巴彦托海镇',
      '大雁镇',
      '锡尼河西苏木',
      '伊敏苏木',
      '伊敏河镇',
      '巴彦嵯岗苏木',
      '红花尔基镇',
      '巴彦塔拉乡',
      '锡尼河东苏木',
      '辉苏木',
    ]);
    expect(towns.map((town) => town.townNumber)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const town of towns) expect(town.center).toBe(`${town.name}便民服务中心`);
  });

  it('has all forty items, each with its department and a code kept as text', async () => {
    const { items, units } = await everything();
    expect(items).toHaveLength(40);
    expect(new Set(items.map((item) => item.code)).size).toBe(40);
    for (const item of items) {
      expect([31, 33]).toContain(item.code.length);
      expect(item.levels.length).toBeGreaterThan(0);
      const owner = units.find((unit) => unit.id === item.departmentUnitId);
      expect(owner).toMatchObject({ level: 'department', name: item.department });
    }
    expect(items.find((item) => item.subItem === '城乡居民参保信息变更登记')?.code).toBe(
      '11150626MB165521XP4152036060007',
    );
    expect(items.filter((item) => item.number === null)).toHaveLength(1);
    const types = await db.read(async ({ q, t }) => q.select({ code: t.serviceItems.code }).from(t.serviceItems));
    for (const { code } of types) expect(typeof code).toBe('string');
  });

  it('changes nothing the second time', async () => {
    const before = await everything();
    await db.write(seed);
    expect(await everything()).toEqual(before);
  });

  it('writes nothing and looks nothing up one by one when all is there: it runs at every start', async () => {
    const calls = [vi.spyOn(unitReads, 'byCode'), vi.spyOn(unitWrites, 'addIfMissing')];
    const items = vi.spyOn(itemWrites, 'addIfMissing');
    await db.write(seed);
    for (const call of [...calls, items]) expect(call).not.toHaveBeenCalled();
    await db.write(async ({ q, t }) => {
      await q.delete(t.itemVersions);
      await q.delete(t.serviceItems);
    });
    await db.write(seed);
    expect(items).toHaveBeenCalledTimes(41);
    vi.restoreAllMocks();
  });

  it('keeps what an administrator has changed, and adds what is missing', async () => {
    const known = new Map((await everything()).items.map(({ subItem, id }) => [subItem, id]));
    const idOf = (subItem: string) => known.get(subItem) ?? 0;
    await db.write(async ({ q, t }) => {
      await q.update(t.units).set({ name: '巴彦托海新镇', chatId: 'oc_1' }).where(eq(t.units.code, 'town:巴彦托海镇'));
      const set = { workingDays: 2, materials: ['户口本'], active: false };
      await q
        .update(t.itemVersions)
        .set(set)
        .where(eq(t.itemVersions.itemId, idOf('失业登记')));
      await q.delete(t.itemVersions).where(eq(t.itemVersions.itemId, idOf('驾驶人计分查询')));
      await q.delete(t.serviceItems).where(eq(t.serviceItems.subItem, '驾驶人计分查询'));
    });
    await db.write(seed);
    const { units, items } = await everything();
    expect(units.filter((unit) => unit.code === 'town:巴彦托海镇')).toMatchObject([
      { name: '巴彦托海新镇', chatId: 'oc_1' },
    ]);
    expect(items.some((item) => item.subItem === '失业登记')).toBe(false);
    const id = idOf('失业登记');
    const changed = await db.read(async ({ q, t }) =>
      q.select().from(t.itemVersions).where(eq(t.itemVersions.itemId, id)),
    );
    expect(changed).toMatchObject([{ workingDays: 2, materials: ['户口本'], active: false }]);
    expect(items.some((item) => item.subItem === '驾驶人计分查询')).toBe(true);
    expect(items).toHaveLength(39);
  });
});
