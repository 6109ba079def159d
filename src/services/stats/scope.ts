import { type ItemRow, itemReads } from '../../../db/repositories/item.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { personOf, type Reading } from '../../ctx.ts';
import { assistTypes } from '../../domain/case.ts';
import type { Person } from '../../domain/permission.ts';
import { may } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { staffByIds } from '../stand-in/running.ts';
import { subtreeOf } from '../unit/tree.ts';
import type { FiguresScope } from './figures.ts';

/** Whose figures are asked for. */
export interface StatsScope {
  readonly unit: UnitRow;
  /** Whose counters are read: the unit's, for a department those of its banner. */
  readonly at: UnitRow;
  /** Everything, or what was registered while the item was the department's. */
  readonly counted: Omit<FiguresScope, 'unitIds'>;
  /** Every unit there is. */
  readonly units: readonly UnitRow[];
  /** Every version of every item, if they have been read. */
  readonly items?: readonly ItemRow[];
}

/** @param known every unit there is, if they have been read. */
export async function statsScope(ctx: Reading, unitId: number, known?: readonly UnitRow[]): Promise<StatsScope> {
  const units = known ?? (await unitReads.all(ctx.tx));
  const unit = units.find((one) => one.id === unitId);
  if (!unit) throw new Refused('unit_unknown');
  const banner = lineOf(unit.id, units).find((above) => above.level === 'banner');
  if (unit.level !== 'department' || !banner) return { unit, at: unit, counted: { dimension: 'all' }, units };
  const items = await itemReads.inEveryVersion(ctx.tx);
  return { unit, at: banner, counted: ofDepartment(items, unit.id), units, items };
}

/** What was registered while the item was the department's. @param items in every version */
export function ofDepartment(items: readonly ItemRow[], departmentId: number): StatsScope['counted'] {
  return {
    dimension: 'item',
    keys: itemKeys(items.filter(({ departmentUnitId }) => departmentUnitId === departmentId)),
  };
}

/** The counters' keys of these versions of items. */
export function itemKeys(versions: readonly Pick<ItemRow, 'versionId'>[]): string[] {
  return versions.flatMap(({ versionId }) => assistTypes.map((assistType) => `${versionId}:${assistType}`));
}

/** The units whose registrations the scope's figures count, and the versions of items, if only some. */
export function registrationsOf(scope: StatsScope): { unitIds: number[]; versionIds: number[] | undefined } {
  const { keys } = scope.counted;
  return {
    unitIds: subtreeOf(scope.at, scope.units).map((unit) => unit.id),
    versionIds: keys && [...new Set(keys.map((key) => Number(key.split(':')[0])))],
  };
}

/** May this person see the figures of the unit? */
export function maySeeFigures(person: Person, scope: Pick<StatsScope, 'unit' | 'units'>): boolean {
  return may('seeFigures', person, { unitLine: lineOf(scope.unit.id, scope.units).map(({ id }) => id) });
}

/**
 * Figures that stand in a group were asked for by somebody: whoever presses a button there sees, and shows the others, only what
 * both may see. Refuses `stats_not_yours` and `stats_not_for_asker`.
 */
export async function requireFigures(
  ctx: Reading,
  request: { scope: StatsScope; person: Person; askerId: number },
): Promise<void> {
  const { scope, person } = request;
  const nameOf = (unitId: number) => scope.units.find((unit) => unit.id === unitId)?.name ?? '';
  if (!maySeeFigures(person, scope)) throw new Refused('stats_not_yours', { unit: nameOf(person.unitId) });
  const [asker] = await staffByIds(ctx, [request.askerId]);
  if (asker?.agent.status === 'active' && maySeeFigures(personOf(asker), scope)) return;
  throw new Refused('stats_not_for_asker', { who: asker?.agent.name ?? '', unit: asker?.unit.name ?? '' });
}
