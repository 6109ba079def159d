/** What is shown of an item of the catalogue: to everybody, and to an administrator who changes it. */
import type { ItemView } from '../../../cards/item.ts';
import type { ItemFormView, ItemPreviewView } from '../../../cards/item-change.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { type ItemRow, type ItemVersion, itemReads } from '../../../db/repositories/item.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, type Reading, today } from '../../ctx.ts';
import { addDays } from '../../domain/calendar.ts';
import { openStates } from '../../domain/case.ts';
import { dayWords, FIRST_DAY, plannedOf, promisedOf, versionDifferences } from '../../domain/item-version.ts';
import { Refused } from '../../refusals.ts';
import { asPromised } from './as-promised.ts';
import {
  fitsField,
  type ItemChange,
  type ItemFilled,
  requireChangeable,
  requireItemAdmin,
  versionsMark,
} from './change.ts';

/** So many of its changes are listed, the newest. */
const CHANGES_MAX = 4;

export function itemName({ mainItem, subItem }: Pick<ItemRow, 'mainItem' | 'subItem'>): string {
  return subItem === mainItem ? subItem : `${mainItem}（${subItem}）`;
}

/** One item with what waits for its day. @param mayChange its reader is an administrator. */
export async function viewItem(
  ctx: Reading,
  { item, mayChange }: { item: ItemRow; mayChange: boolean },
): Promise<ItemView> {
  const { code, department, levels, assistType, workingDays, materials, guide, active } = await asPromised(ctx, item);
  const versions = await itemReads.versionsOf(ctx.tx, [item.id]);
  const planned = plannedOf(versions, today(ctx));
  return {
    ...{ code, department, levels, assistType, workingDays, materials, guide, active, mayChange },
    itemId: item.id,
    name: itemName(item),
    planned: planned && {
      versionId: planned.id,
      from: dayWords(planned.effectiveDay, today(ctx)),
      differences: versionDifferences(item, planned),
    },
    changes: mayChange ? await changesOf(ctx, versions) : [],
  };
}

/** `自12月1日起，旗管理员改：…`, newest first. */
async function changesOf(ctx: Reading, versions: readonly ItemVersion[]): Promise<string[]> {
  const made = versions.filter(({ effectiveDay, madeBy }) => madeBy !== null || effectiveDay !== FIRST_DAY);
  const newest = made.slice(-CHANGES_MAX).reverse();
  const makers = await agentReads.byIds(ctx.tx, [...new Set(newest.flatMap(({ madeBy }) => madeBy ?? []))]);
  return newest.map((version) => {
    const who = makers.find(({ id }) => id === version.madeBy)?.name ?? '系统';
    const from = `自${dayWords(version.effectiveDay, today(ctx))}起`;
    const before = beforeOf(version, versions);
    const what = before ? versionDifferences(before, version).join('；') : '新增';
    return `${from}，${who}：${what}${version.withdrawnAt === null ? '' : '（已撤回）'}`;
  });
}

/** The version that was in force until this one: made before it, and not taken back. */
export function beforeOf(version: ItemVersion, versions: readonly ItemVersion[]): ItemVersion | undefined {
  return versions.findLast(({ id, withdrawnAt }) => id < version.id && withdrawnAt === null);
}

/** The form with what is in force today. Refuses who may not, and where a planned version waits. */
export async function viewItemForm(ctx: Ctx, { itemId }: { itemId: number }): Promise<ItemFormView> {
  requireItemAdmin(ctx);
  const versions = await itemReads.versionsOf(ctx.tx, [itemId]);
  const item = await requireChangeable(ctx, { itemId, versions });
  return { ...(await formOf(ctx, { item, versions })), values: valuesOf(item, addDays(today(ctx), 1)), newer: null };
}

/** The same after somebody else's change: what was typed stands in it still, and the change above it. */
export async function viewNewerItem(
  ctx: Ctx,
  { itemId, filled }: { itemId: number; filled: ItemFilled },
): Promise<ItemFormView> {
  requireItemAdmin(ctx);
  const versions = await itemReads.versionsOf(ctx.tx, [itemId]);
  const item = await requireChangeable(ctx, { itemId, versions });
  const [newer] = await changesOf(ctx, versions);
  return { ...(await formOf(ctx, { item, versions })), values: filled, newer: newer ?? null };
}

export async function viewItemPreview(
  ctx: Ctx,
  { change, filled }: { change: ItemChange; filled: ItemFilled },
): Promise<ItemPreviewView> {
  const { item, differences, effectiveDay, mark } = change;
  const versions = await itemReads.versionsOf(ctx.tx, [item.id]);
  const openCases = await itemReads.countOpenCases(ctx.tx, { itemId: item.id, states: openStates });
  return {
    ...(await formOf(ctx, { item, versions })),
    ...{ differences, openCases, looked: mark, values: filled },
    from: dayWords(effectiveDay, today(ctx)),
  };
}

/** An item by its id as it is today; refuses what is none. */
export async function requireItem(ctx: Reading, itemId: number): Promise<ItemRow> {
  const item = await itemReads.byId(ctx.tx, { id: itemId, day: today(ctx) });
  if (!item) throw new Refused('item_unknown');
  return item;
}

async function formOf(ctx: Reading, { item, versions }: { item: ItemRow; versions: readonly ItemVersion[] }) {
  const departments = await unitReads.ofLevels(ctx.tx, ['department']);
  return {
    itemId: item.id,
    name: itemName(item),
    seen: versionsMark(versions),
    departments: departments.map(({ id, name }) => ({ value: String(id), text: name })),
    asksMaterials: fitsField('materials', item.materials.join('\n')),
    asksGuide: fitsField('guide', item.guide),
  };
}

function valuesOf(item: ItemRow, effectiveDay: string): ItemFilled {
  const { workingDays, materials, guide, departmentUnitId, active, levels } = { ...item, ...promisedOf(item) };
  return {
    ...{ guide, effectiveDay, enabled: active ? ('yes' as const) : ('no' as const) },
    workingDays: String(workingDays ?? ''),
    materials: materials.join('\n'),
    department: departmentUnitId === null ? '' : String(departmentUnitId),
    levelRegion: levels.includes('自治区级'),
    levelLeague: levels.includes('盟市级'),
    levelBanner: levels.includes('县级'),
    levelTown: levels.includes('镇级'),
    levelVillage: levels.includes('村级'),
  };
}
