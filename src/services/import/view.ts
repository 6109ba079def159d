import type { ImportCounts, ImportView } from '../../../cards/import.ts';
import { faultWords } from '../../domain/import/plan.ts';
import { type ImportPlan, planSign } from './plan.ts';

export function countsOf({ plan }: ImportPlan): ImportCounts {
  const added = plan.changes.filter(({ id }) => id === null).length;
  return { added, changed: plan.changes.length - added, unchanged: plan.unchanged, faults: plan.faults.length };
}

/** What a plan looks like to whoever is to decide on it. */
export function viewPlan(
  planned: ImportPlan,
  about: { importId: number; fileName: string; notes: readonly string[] },
): ImportView {
  const { changes, unchanged, faults, missing, notes } = planned.plan;
  return {
    importId: about.importId,
    kind: planned.kind,
    fileName: about.fileName,
    added: changes.filter(({ id }) => id === null).map(({ name }) => name),
    changed: changes.filter(({ id }) => id !== null).map(({ name, differences }) => ({ name, differences })),
    unchanged,
    faults: faults.map(faultWords),
    missing: missing.map(({ name }) => name),
    notes: [...about.notes, ...notes],
    seen: planSign(planned),
  };
}
