/** What the ledger says of units, items and the roster: that somebody has added, changed or taken them out of use. */
import type { ItemNames, ItemVersion } from '../../../db/repositories/item.ts';
import type { RosterRow } from '../../../db/repositories/roster.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { UnitListRow } from '../../../db/repositories/unit-list.ts';
import type { Ctx } from '../../ctx.ts';
import type { LedgerNote } from './append.ts';
import { appendMany } from './append-many.ts';
import { topChain } from './top-chain.ts';

export function unitFacts(unit: UnitRow) {
  const { level, name, center, parentId, townNumber, population, nameMongolian, active } = unit;
  return { level, name, center, parentId, townNumber, population, nameMongolian, active };
}

/** What it is called; what it promises stands in its versions. */
export function itemFacts({ code, number, mainItem, subItem, itemType, commonNames }: ItemNames) {
  return { code, number, mainItem, subItem, itemType, commonNames };
}

/** All but until when it is in force, which follows from the others. */
export function versionFacts(version: ItemVersion) {
  const { itemId, effectiveDay, department, departmentUnitId, levels, assistType, workingDays } = version;
  const { materials, guide, active, madeAt, madeBy } = version;
  return {
    ...{ itemId, effectiveDay, department, departmentUnitId, levels, assistType, workingDays },
    ...{ materials, guide, active, madeAt, madeBy },
  };
}

/** Neither the name nor the number: they may have to be forgotten. */
export function rosterFacts({ unitId, employment, agentId, active }: RosterRow) {
  return { unitId, employment, agentId, active };
}

/** What was published, and the hash of its file once there is one. */
export function unitListFacts({ unitId, slot, name, edition, publishedOn, madeAt, madeBy, hash }: UnitListRow) {
  return { unitId, slot, name, edition, publishedOn, madeAt, madeBy, hash };
}

export async function recordUnitList(ctx: Ctx, list: UnitListRow): Promise<void> {
  await recordInBanner(ctx, { kind: 'setUnitList', payloads: [{ ...unitListFacts(list), listId: list.id }] });
}

export async function recordListFile(ctx: Ctx, { id, hash }: Pick<UnitListRow, 'id' | 'hash'>): Promise<void> {
  await recordInBanner(ctx, { kind: 'keepListFile', payloads: [{ listId: id, hash }] });
}

export async function recordUnits(ctx: Ctx, units: readonly UnitRow[]): Promise<void> {
  await recordInBanner(ctx, {
    kind: 'setUnit',
    payloads: units.map((unit) => ({ ...unitFacts(unit), unitId: unit.id })),
  });
}

export async function recordItems(ctx: Ctx, items: readonly ItemNames[]): Promise<void> {
  await recordInBanner(ctx, {
    kind: 'setItem',
    payloads: items.map((item) => ({ ...itemFacts(item), itemId: item.id })),
  });
}

export async function recordVersions(ctx: Ctx, versions: readonly ItemVersion[]): Promise<void> {
  const payloads = versions.map((version) => ({ ...versionFacts(version), versionId: version.id }));
  await recordInBanner(ctx, { kind: 'setItemVersion', payloads });
}

/** A planned version was taken back before its day. */
export async function recordWithdrawal(ctx: Ctx, { id: versionId, withdrawnAt }: ItemVersion): Promise<void> {
  await recordInBanner(ctx, { kind: 'withdrawItemVersion', payloads: [{ versionId, withdrawnAt }] });
}

export async function recordRoster(ctx: Ctx, entries: readonly RosterRow[]): Promise<void> {
  const payloads = entries.map((entry) => ({ ...rosterFacts(entry), rosterId: entry.id }));
  await recordInBanner(ctx, { kind: 'setRoster', payloads });
}

/** All stand in the banner's chain, so that those of one object have one order wherever it is moved. */
export async function recordInBanner(
  ctx: Ctx,
  { kind, payloads }: { kind: LedgerNote['kind']; payloads: readonly LedgerNote['payload'][] },
): Promise<void> {
  if (payloads.length === 0) return;
  const townId = await topChain(ctx);
  await appendMany(
    ctx,
    payloads.map((payload) => ({ townId, caseId: null, kind, payload })),
  );
}
