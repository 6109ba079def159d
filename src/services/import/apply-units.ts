import { type UnitRow, unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import type { Change } from '../../domain/import/plan.ts';
import type { UnitValues } from '../../domain/import/units.ts';
import { recordUnits } from '../ledger/list-entries.ts';

/** Adds and changes units, those above first, as the plan lists them. */
export async function applyUnits(ctx: Ctx, changes: readonly Change<UnitValues>[]): Promise<void> {
  const all = await unitReads.all(ctx.tx);
  const codes = new Set(all.map(({ code }) => code));
  const numbers = new Set(all.flatMap(({ townNumber }) => townNumber ?? []));
  for (const { values } of changes) if (values.townNumber !== null) numbers.add(values.townNumber);
  const added = new Map<string, number>();
  const written: UnitRow[] = [];
  for (const { id, values } of changes) {
    const { level, name, center, parent, population, nameMongolian } = values;
    const parentId = typeof parent === 'object' && parent !== null ? (added.get(keyOf(parent)) ?? null) : parent;
    const townNumber = level === 'town' ? (values.townNumber ?? nextFree(numbers)) : null;
    const set = { level, name, center, parentId, townNumber, population, nameMongolian, active: true };
    const known = id === null ? undefined : all.find((unit) => unit.id === id);
    if (known) {
      await unitWrites.update(ctx.tx, { id: known.id, set });
      written.push({ ...known, ...set });
    } else {
      const unit = await unitWrites.insert(ctx.tx, { ...set, code: freeCode(codes, { ...values, parentId }) });
      added.set(keyOf(values), unit.id);
      written.push(unit);
    }
  }
  await recordUnits(ctx, written);
}

function keyOf({ level, name }: Pick<UnitValues, 'level' | 'name'>): string {
  return `${level}:${name}`;
}

/** TT of the case number. */
function nextFree(numbers: Set<number>): number {
  let number = 1;
  while (numbers.has(number)) number++;
  numbers.add(number);
  return number;
}

/** Like those of the units that a new installation knows; villages of one name lie in different towns. */
function freeCode(codes: Set<string>, unit: Pick<UnitValues, 'level' | 'name'> & { parentId: number | null }): string {
  const within = unit.level === 'village' || unit.level === 'outlet' ? `${unit.parentId}/` : '';
  const code = `${unit.level}:${within}${unit.name}`;
  let free = code;
  for (let count = 2; codes.has(free); count++) free = `${code}#${count}`;
  codes.add(free);
  return free;
}
