import { caseSearchReads } from '../../db/repositories/case-search.ts';
import { lineOf, type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import type { Reading } from '../ctx.ts';
import { hideOwn, hidePersonal } from '../domain/hiding.ts';
import { hideNames, possibleNames } from '../domain/names-within.ts';
import { subtreeOf } from './unit/tree.ts';

export interface HiddenText {
  readonly text: string;
  /** Something was hidden: it looks like a resident's data. */
  readonly hides: boolean;
}

/**
 * Free text that is not about one case, as others read it: `hidePersonal`, and the names of residents for whom a case was ever registered,
 * found by their keyed hashes: nobody's data are opened for it. `unitId`: whose text it is; the residents are those of its town, or of
 * all towns below it; of a department those of the banner.
 */
export async function hideResidents(
  { tx, vault }: Pick<Reading, 'tx' | 'vault'>,
  written: { text: string; unitId: number },
): Promise<HiddenText> {
  const typed = hideOwn(written.text, undefined);
  const told = (text: string) => ({ text, hides: text !== typed });
  if (possibleNames(typed).length === 0) return told(hidePersonal(typed, undefined));
  const units = await unitReads.all(tx);
  const places = units.flatMap(({ name, center }) => [name, center]);
  const hidden = hidePersonal(typed, undefined, places);
  const keyOf = new Map(possibleNames(hidden).flatMap((key) => vault.hashes('name', key).map((hash) => [hash, key])));
  if (keyOf.size === 0) return told(hidden);
  const townIds = townsOf(written.unitId, units);
  const known = await caseSearchReads.namesOfTowns(tx, { townIds, nameHashes: [...keyOf.keys()] });
  const names = known.flatMap((hash) => keyOf.get(hash) ?? []);
  return told(hideNames(hidden, { names, spared: places }));
}

function townsOf(unitId: number, units: readonly UnitRow[]): number[] {
  const line = lineOf(unitId, units);
  const town = line.find(({ level }) => level === 'town');
  if (town) return [town.id];
  const below = line.find(({ level }) => level !== 'department');
  return below ? subtreeOf(below, units).flatMap(({ id, level }) => (level === 'town' ? [id] : [])) : [];
}
