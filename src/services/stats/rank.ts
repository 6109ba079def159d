import { agentReads } from '../../../db/repositories/agent.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { noFigures } from '../../domain/figures.ts';
import type { RankedKind, RankFigures } from '../../domain/ranking.ts';
import { subtreeOf } from '../unit/tree.ts';
import type { Days } from './figures.ts';
import { figuresByAgent, figuresByHandler, figuresByUnit } from './whole-figures.ts';

export interface RankRow {
  readonly name: string;
  /** Where a person works; empty for a town. */
  readonly unit: string;
  readonly figures: RankFigures;
}

export interface RankScope {
  readonly whom: RankedKind;
  /** The manager's own unit, or one below it. */
  readonly unitId: number;
  readonly period: Days;
}

/** Everybody there is to rank, with or without a case, in the order of the plan (towns) or of their arrival (people). */
export async function rankRows(ctx: Reading, scope: RankScope): Promise<RankRow[]> {
  return scope.whom === 'towns' ? townRows(ctx, scope) : staffRows(ctx, scope);
}

/** The unit within which towns are compared: the banner, or the unit itself where that stands above banners. */
async function rankArea(ctx: Reading, unitId: number): Promise<UnitRow | undefined> {
  const line = await unitReads.lineage(ctx.tx, unitId);
  return line.find((unit) => unit.level === 'banner') ?? line[0];
}

/** Whose name a ranking bears. */
export async function rankPlace(
  ctx: Reading,
  { whom, unitId }: Pick<RankScope, 'whom' | 'unitId'>,
): Promise<UnitRow | undefined> {
  return whom === 'towns' ? rankArea(ctx, unitId) : unitReads.byId(ctx.tx, unitId);
}

async function townRows(ctx: Reading, { unitId, period }: RankScope): Promise<RankRow[]> {
  const units = await unitReads.all(ctx.tx);
  const area = await rankArea(ctx, unitId);
  const within = area ? subtreeOf(area, units) : [];
  const towns = within.filter((unit) => unit.level === 'town' && unit.active);
  const figures = await figuresByUnit(ctx, { unitIds: towns.map((town) => town.id), period, units });
  return towns.map((town) => ({ name: town.name, unit: '', figures: figures.get(town.id) ?? noFigures }));
}

/**
 * Those who work here, and those who no longer do but have cases of this period here. Villages pass their cases on: of those who
 * deal with cases only those of their people are there who have had one.
 */
async function staffRows(ctx: Reading, { whom, unitId, period }: RankScope): Promise<RankRow[]> {
  const units = await unitReads.all(ctx.tx);
  const at = units.find((unit) => unit.id === unitId);
  const below = at ? subtreeOf(at, units) : [];
  const unitIds = below.map(({ id }) => id);
  const figures = await (whom === 'handlers' ? figuresByHandler : figuresByAgent)(ctx, { unitIds, period });
  const expected = whom === 'handlers' ? below.filter(({ level }) => level !== 'village') : below;
  const within = new Set(expected.map(({ id }) => id));
  const unitNames = new Map(units.map((unit) => [unit.id, unit.name]));
  const worked = (id: number) => {
    const { registered, returned, completed, rated, overdue } = figures.get(id) ?? noFigures;
    return registered + returned + completed + rated + overdue > 0;
  };
  const staff = (await agentReads.all(ctx.tx)).filter(
    (agent) => (agent.status === 'active' && agent.role === 'agent' && within.has(agent.unitId)) || worked(agent.id),
  );
  return staff.map((agent) => ({
    name: agent.name,
    unit: unitNames.get(agent.unitId) ?? '',
    figures: figures.get(agent.id) ?? noFigures,
  }));
}
