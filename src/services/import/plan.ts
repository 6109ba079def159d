/** What a list would do to the rows as they are at this moment. */
import { createHash } from 'node:crypto';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import type { ImportFile } from '../../domain/import/file.ts';
import type { Plan } from '../../domain/import/plan.ts';
import { planUnits, type UnitValues } from '../../domain/import/units.ts';

export type ImportPlan = { readonly kind: 'units'; readonly plan: Plan<UnitValues> };

export async function planImport(ctx: Reading, file: ImportFile): Promise<ImportPlan> {
  switch (file.kind) {
    case 'units':
      return { kind: 'units', plan: planUnits(file.tables, await unitReads.all(ctx.tx)) };
    default:
      throw new Error(`no plan for ${file.kind}`);
  }
}

/** Tells whether a plan still is the one that somebody has seen. */
export function planSign({ plan }: ImportPlan): string {
  const { changes, missing } = plan;
  return createHash('sha256').update(JSON.stringify([changes, missing])).digest('hex').slice(0, 16);
}
