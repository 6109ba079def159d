/** Figures of units and of agents: the counters' sums, with what is overdue. */
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { type Figures, noFigures } from '../../domain/figures.ts';
import { subtreeOf } from '../unit/tree.ts';
import { ask, type Days, figuresQuestion } from './figures.ts';
import {
  type InHandsCases,
  inHandsQuestion,
  type OverdueCases,
  overdueAt,
  overdueBy,
  overdueQuestion,
  withOverdueEach,
} from './overdue.ts';

interface Answers {
  readonly figures: Map<string, Figures>;
  readonly overdue: OverdueCases[];
}

/** Figures of each unit over everything, including the units without a case. None of the units lies below another. */
export async function figuresByUnit(
  ctx: Reading,
  { unitIds, period, units }: { unitIds: readonly number[]; period: Days; units: readonly UnitRow[] },
): Promise<Map<number, Figures>> {
  const below = units.filter(({ id }) => unitIds.includes(id)).flatMap((unit) => subtreeOf(unit, units));
  const answers = await ask<Answers>(ctx, {
    figures: figuresQuestion({ scope: { unitIds, dimension: 'all' }, period, by: 'unitId' }),
    overdue: overdueQuestion(await overdueAt(ctx), { unitIds: below.map(({ id }) => id) }),
  });
  const overdue = overdueBy(answers.overdue, period, ctx.zone);
  const found = withOverdueEach(
    answers.figures,
    overdue,
    ({ registeringUnitId }) => lineOf(registeringUnitId, units).find(({ id }) => unitIds.includes(id))?.id,
  );
  return new Map(unitIds.map((unitId) => [unitId, found.get(String(unitId)) ?? noFigures]));
}

/** Figures of one unit over everything. */
export async function figuresOf(ctx: Reading, { unitId, period }: { unitId: number; period: Days }): Promise<Figures> {
  const units = await unitReads.all(ctx.tx);
  return (await figuresByUnit(ctx, { unitIds: [unitId], period, units })).get(unitId) ?? noFigures;
}

/** Figures of each agent by what they registered at these units; agents who never did are absent. */
export async function figuresByAgent(
  ctx: Reading,
  { unitIds, period }: { unitIds: readonly number[]; period: Days },
): Promise<Map<number, Figures>> {
  const answers = await ask<Answers>(ctx, {
    figures: figuresQuestion({ scope: { unitIds, dimension: 'agent' }, period, by: 'key' }),
    overdue: overdueQuestion(await overdueAt(ctx), { unitIds }),
  });
  const overdue = overdueBy(answers.overdue, period, ctx.zone);
  const found = withOverdueEach(answers.figures, overdue, ({ registrarId }) => registrarId);
  return new Map([...found].map(([key, one]) => [Number(key), one]));
}

/** Figures of each agent by what they dealt with at these units, and what is overdue in their hands; agents who never did are absent. */
export async function figuresByHandler(
  ctx: Reading,
  { unitIds, period }: { unitIds: readonly number[]; period: Days },
): Promise<Map<number, Figures>> {
  const answers = await ask<{ figures: Map<string, Figures>; inHands: InHandsCases[] }>(ctx, {
    figures: figuresQuestion({ scope: { unitIds, dimension: 'handler' }, period, by: 'key' }),
    inHands: inHandsQuestion(await overdueAt(ctx), { unitIds }),
  });
  const overdue = overdueBy(answers.inHands, period, ctx.zone);
  const found = withOverdueEach(answers.figures, overdue, ({ handlerId }) => handlerId);
  return new Map([...found].map(([key, one]) => [Number(key), one]));
}
