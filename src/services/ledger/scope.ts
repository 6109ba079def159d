import { caseReads, type RegisteredScope } from '../../../db/repositories/case.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { endOfDay, startOfDay } from '../../domain/calendar.ts';
import { subtreeOf } from '../unit/tree.ts';

/** Whose cases a ledger shows, registered when (local days, both included). */
export interface LedgerScope {
  readonly unitId: number;
  readonly from: string;
  readonly to: string;
  /** What was registered later is left out, so that all parts of one ledger agree. */
  readonly askedAt: number;
  /** What is open when it is read, whenever registered. */
  readonly open?: boolean | undefined;
}

/**
 * The cases a unit and everything below it registered in the period, or that are open of them now; for a department those of its items, throughout its
 * banner. Closed units count: their cases are still theirs.
 */
export async function registeredScope(ctx: Reading, scope: LedgerScope): Promise<RegisteredScope> {
  const units = await unitReads.all(ctx.tx);
  const unit = units.find((candidate) => candidate.id === scope.unitId);
  const department = unit?.level === 'department';
  const root = (department && units.find((candidate) => candidate.id === unit.parentId)) || unit;
  const items = department ? await itemReads.inEveryVersion(ctx.tx) : [];
  return {
    unitIds: root ? subtreeOf(root, units).map((below) => below.id) : [],
    from: startOfDay(scope.from, ctx.zone),
    open: scope.open,
    to: Math.min(endOfDay(scope.to, ctx.zone), scope.askedAt),
    versionIds: department
      ? items.filter((item) => item.departmentUnitId === scope.unitId).map((item) => item.versionId)
      : undefined,
  };
}

export async function countCases(ctx: Reading, scope: LedgerScope): Promise<number> {
  return caseReads.countRegistered(ctx.tx, await registeredScope(ctx, scope));
}
