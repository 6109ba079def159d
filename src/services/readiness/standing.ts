/** What centers and stations have of the list of checks (七有), on a day. */
import { type AnswerRow, type CheckListRow, readinessReads } from '../../../db/repositories/readiness.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { listOn, type Readiness, readinessOf } from '../../domain/readiness.ts';
import { subtreeOf } from '../unit/tree.ts';

/** A center (of a town) or a station (of a village). */
export interface Place {
  readonly unit: UnitRow;
  readonly readiness: Readiness;
  /** What was found last, by the check's name. */
  readonly found: ReadonlyMap<string, AnswerRow>;
}

export interface Places {
  /** The list that counts on the day; undefined: none does. */
  readonly list: CheckListRow | undefined;
  readonly places: readonly Place[];
}

/** Centers and stations of a unit and all below it, each center before its stations. @param asked.day YYYY-MM-DD */
export async function placesOf(
  ctx: Pick<Reading, 'tx'>,
  asked: { unitId: number; day: string; units?: readonly UnitRow[] },
): Promise<Places> {
  const units = asked.units ?? (await unitReads.all(ctx.tx));
  const top = units.find(({ id }) => id === asked.unitId);
  const list = listOn(await readinessReads.lists(ctx.tx), asked.day);
  if (!top) return { list, places: [] };
  const below = subtreeOf(top, units).filter(
    ({ level, active }) => active && (level === 'town' || level === 'village'),
  );
  const answers = await readinessReads.standing(ctx.tx, { unitIds: below.map(({ id }) => id), day: asked.day });
  return {
    list,
    places: below.map((unit) => {
      const found = new Map(answers.filter(({ unitId }) => unitId === unit.id).map((answer) => [answer.check, answer]));
      return { unit, found, readiness: readinessOf(list?.checks ?? [], found) };
    }),
  };
}
