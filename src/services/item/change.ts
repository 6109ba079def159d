/** 修改: an administrator changes what an item promises, from a day on. First it is shown what would differ, then it is done. */

import { createHash } from 'node:crypto';
import type { FormValues } from '../../../cards/field.ts';
import { itemForm, levelFields } from '../../../cards/forms.ts';
import { type ItemRow, type ItemVersion, itemReads, itemWrites } from '../../../db/repositories/item.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff, today } from '../../ctx.ts';
import {
  dayWords,
  levelsInOrder,
  PROMISED_DAYS_MAX,
  type Promised,
  plannedOf,
  promisedOf,
  readEffectiveDay,
  readMaterials,
  readPromisedDays,
  versionDifferences,
} from '../../domain/item-version.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { Refused } from '../../refusals.ts';
import { requireRecordedAgent } from '../ledger/as-recorded.ts';
import { requireRight } from '../require-right.ts';
import { makeVersions, withdrawVersion } from './make-versions.ts';

export type ItemFilled = FormValues<typeof itemForm>;

/** What an item would promise, and from which day on. */
export interface ItemChange {
  readonly item: ItemRow;
  readonly promised: Promised;
  readonly effectiveDay: string;
  readonly differences: readonly string[];
  /** Stands for all of it on the card that shows it. */
  readonly mark: string;
}

/** `newer`: nothing was done, because somebody has made or withdrawn a version since the form was drawn. */
export type Checked = { readonly kind: 'newer' } | ({ readonly kind: 'change' } & ItemChange);

interface Wanted {
  readonly itemId: number;
  /** The mark of the versions that the form was drawn for. */
  readonly seen: number;
  readonly filled: ItemFilled;
}

/** Refuses who may not change the catalogue, whatever button they press. */
export function requireItemAdmin(ctx: Ctx): void {
  requireRight(ctx, { right: 'changeItem', otherwise: 'item_admin_only' });
}

/** Rises with everything that is made or withdrawn of an item. */
export function versionsMark(versions: readonly ItemVersion[]): number {
  return versions.length + versions.filter(({ withdrawnAt }) => withdrawnAt !== null).length;
}

/** The item as it is today; refuses what is none, and what has a version that waits for its day. */
export async function requireChangeable(
  ctx: Ctx,
  { itemId, versions }: { itemId: number; versions: readonly ItemVersion[] },
): Promise<ItemRow> {
  const item = await itemReads.byId(ctx.tx, { id: itemId, day: today(ctx) });
  if (!item || isOtherItem(item)) throw new Refused('item_unknown');
  const planned = plannedOf(versions, today(ctx));
  if (planned) {
    throw new Refused('item_planned', { item: item.subItem, day: dayWords(planned.effectiveDay, today(ctx)) });
  }
  return item;
}

/** 先看改了什么: nothing is written. Refuses what cannot be taken, field by field, and what changes nothing. */
export async function checkItemChange(ctx: Ctx, { itemId, seen, filled }: Wanted): Promise<Checked> {
  requireItemAdmin(ctx);
  const versions = await itemWrites.takeVersions(ctx.tx, itemId);
  if (versions.length > 0 && versionsMark(versions) !== seen) return { kind: 'newer' };
  const item = await requireChangeable(ctx, { itemId, versions });
  const promised = await promisedIn(ctx, { item, filled });
  const effectiveDay = dayIn(ctx, filled.effectiveDay);
  const differences = versionDifferences(item, promised);
  if (differences.length === 0) throw new Refused('item_unchanged', { item: item.subItem });
  return { kind: 'change', item, promised, effectiveDay, differences, mark: markOf({ promised, effectiveDay }) };
}

/**
 * 确认: the version is made, once. `looked`: the mark of what was shown; whoever has filled in something else since is shown that first.
 */
export async function changeItem(
  ctx: Ctx,
  wanted: Wanted & { looked: string },
): Promise<Checked & { readonly done: boolean }> {
  const checked = await checkItemChange(ctx, wanted);
  if (checked.kind === 'newer' || checked.mark !== wanted.looked) return { ...checked, done: false };
  await requireRecordedAgent(ctx, requireStaff(ctx).agent);
  const { effectiveDay, promised } = checked;
  await makeVersions(ctx, [{ itemId: wanted.itemId, effectiveDay, promised }]);
  return { ...checked, done: true };
}

/** 撤回这次修改: a version is taken back before its day. Returns the item's id. */
export async function withdrawItemVersion(ctx: Ctx, { versionId }: { versionId: number }): Promise<number> {
  requireItemAdmin(ctx);
  const found = await itemReads.versionById(ctx.tx, versionId);
  const all = found ? await itemWrites.takeVersions(ctx.tx, found.itemId) : [];
  const version = all.find(({ id }) => id === versionId);
  if (!version || version.withdrawnAt !== null || version.effectiveDay <= today(ctx)) {
    throw new Refused('item_not_planned');
  }
  await requireRecordedAgent(ctx, requireStaff(ctx).agent);
  await withdrawVersion(ctx, { version, all });
  return version.itemId;
}

/** A text that has no room in its field is not asked for, and stays. */
export function fitsField(field: 'materials' | 'guide', text: string): boolean {
  return [...text].length <= itemForm[field].max;
}

async function promisedIn(ctx: Ctx, { item, filled }: { item: ItemRow; filled: ItemFilled }): Promise<Promised> {
  const workingDays = filled.workingDays === '' ? null : readPromisedDays(filled.workingDays);
  if (workingDays === undefined) unfit('workingDays', `请写1到${PROMISED_DAYS_MAX}之间的整数，或者留空`);
  const levels = levelsInOrder(new Set(levelFields.flatMap(([name, level]) => (filled[name] ? [level] : []))));
  if (levels.length === 0) throw new Refused('item_unfit', { field: '实施层级', rule: '至少勾选一级' });
  return {
    ...promisedOf(item),
    ...(await departmentIn(ctx, { item, picked: filled.department })),
    ...{ workingDays, levels, active: filled.enabled === 'yes' },
    materials: fitsField('materials', item.materials.join('\n')) ? materialsIn(filled.materials) : item.materials,
    guide: fitsField('guide', item.guide) ? filled.guide : item.guide,
  };
}

function materialsIn(text: string): string[] {
  const read = readMaterials(text);
  return read.ok ? read.materials : unfit('materials', read.problem);
}

async function departmentIn(
  ctx: Ctx,
  { item, picked }: { item: ItemRow; picked: string },
): Promise<Pick<Promised, 'department' | 'departmentUnitId'>> {
  const { department, departmentUnitId } = item;
  if (picked === '' || picked === String(departmentUnitId)) return { department, departmentUnitId };
  const found = (await unitReads.ofLevels(ctx.tx, ['department'])).find(({ id }) => String(id) === picked);
  if (!found) throw new Refused('choice_unknown');
  return { department: found.name, departmentUnitId: found.id };
}

const dayRules = {
  unknown: '请写成 2026-12-01 或 12月1日，也可以写“今天”“明天”',
  past: '不能早于今天，已经登记的件不受影响',
  far: '最多提前一年',
} as const;

function dayIn(ctx: Ctx, text: string): string {
  const read = readEffectiveDay(text, today(ctx));
  return read.ok ? read.day : unfit('effectiveDay', dayRules[read.problem]);
}

function unfit(field: keyof typeof itemForm, rule: string): never {
  throw new Refused('item_unfit', { field: itemForm[field].label, rule });
}

function markOf(change: Pick<ItemChange, 'promised' | 'effectiveDay'>): string {
  return `v${createHash('sha256').update(JSON.stringify(change)).digest('hex').slice(0, 8)}`;
}
