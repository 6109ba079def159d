import type { Card } from '../../../cards/card.ts';
import { rosterCard } from '../../../cards/roster.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { coverageOf } from '../../domain/roster.ts';
import { Refused } from '../../refusals.ts';
import { standInsOn } from '../stand-in/view.ts';
import { rosterOf } from './view.ts';

/** 名册 of a unit as a card. @param of.day YYYY-MM-DD, included. Refuses `roster_no_places`. Who may see it, the caller has asked. */
export async function drawRoster(
  ctx: Reading,
  { unit, units, day }: { unit: UnitRow; units: readonly UnitRow[]; day: string },
): Promise<Card> {
  const places = await rosterOf(ctx, { unitId: unit.id, day, units });
  if (places.length === 0) throw new Refused('roster_no_places');
  const standIns = await standInsOn(ctx, { unit, units, day });
  return rosterCard({ unitId: unit.id, unit: unit.name, day, coverage: coverageOf(places), standIns });
}
