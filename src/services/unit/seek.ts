import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { unitLevels } from '../../domain/unit.ts';
import { Refused } from '../../refusals.ts';

/**
 * The unit people mean by a typed name: its name, its center's name, or a part that only one unit has.
 * Refuses `unit_unknown` or, naming the candidates, `unit_ambiguous`.
 */
export async function seekUnit(ctx: Reading, name: string): Promise<UnitRow> {
  return unitNamed(await unitReads.ofLevels(ctx.tx, unitLevels), name);
}

/** The same among units that have been read. */
export function unitNamed(all: readonly UnitRow[], name: string): UnitRow {
  const wanted = name.trim();
  const exact = all.filter((unit) => unit.name === wanted || unit.center === wanted);
  const found = exact.length > 0 || wanted === '' ? exact : all.filter((unit) => unit.name.includes(wanted));
  const [first, ...others] = found;
  if (!first) throw new Refused('unit_unknown', {}, wanted);
  if (others.length > 0) {
    const candidates = found.slice(0, 5).map((unit) => unit.name);
    throw new Refused('unit_ambiguous', { candidates: candidates.join('、') });
  }
  return first;
}
