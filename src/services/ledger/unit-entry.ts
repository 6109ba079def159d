import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { appendMany } from './append-many.ts';

/** What the ledger says of a unit that somebody has added or changed. */
export type UnitFacts = Pick<UnitRow, 'level' | 'name' | 'center' | 'parentId' | 'townNumber' | 'active'>;

export function unitFacts({ level, name, center, parentId, townNumber, active }: UnitRow): UnitFacts {
  return { level, name, center, parentId, townNumber, active };
}

/**
 * Writes down what units have become, one entry each. All stand in the chain of the highest unit, so that one unit's have one order,
 * wherever it is moved.
 */
export async function recordUnits(ctx: Ctx, units: readonly UnitRow[]): Promise<void> {
  const [any] = units;
  if (!any) return;
  const townId = (await unitReads.lineage(ctx.tx, any.id)).at(-1)?.id ?? any.id;
  await appendMany(
    ctx,
    units.map((unit) => ({
      townId,
      caseId: null,
      kind: 'setUnit',
      payload: { ...unitFacts(unit), unitId: unit.id },
    })),
  );
}
