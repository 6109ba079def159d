import { assistTypeWords, serviceWayWords } from '../../../cards/words.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { assistTypes, serviceWays } from '../../domain/case.ts';
import type { Dimension } from '../../domain/counters.ts';
import { addFigures, type FigureGroup, type Figures, isNothing, noFigures, restOf } from '../../domain/figures.ts';
import type { Grouping } from '../../domain/grouping.ts';
import type { UnitLevel } from '../../domain/unit.ts';
import { subtreeOf } from '../unit/tree.ts';
import { type Days, figuresBy, figuresByAgent } from './figures.ts';
import type { StatsScope } from './scope.ts';

interface Asked {
  readonly scope: StatsScope;
  readonly period: Days;
  /** Of the whole scope: what the groups leave over gets a row of its own. */
  readonly whole: Figures;
}

/** The figures apart by `by`, most registrations first; units without a case are there, anything else without one is not. */
export async function figureGroups(ctx: Reading, asked: Asked & { by: Grouping }): Promise<FigureGroup[]> {
  const groups = await groupsOf(ctx, asked);
  return groups.sort((a, b) => b.figures.registered - a.figures.registered || b.figures.open - a.figures.open);
}

function groupsOf(ctx: Reading, asked: Asked & { by: Grouping }): Promise<FigureGroup[]> {
  switch (asked.by) {
    case 'town':
    case 'village':
      return byUnit(ctx, asked, asked.by);
    case 'department':
      return byItem(ctx, asked, (item) => item.department);
    case 'item':
      return byItem(ctx, asked, (item) => item.name);
    case 'assist':
      return byItem(ctx, asked, (item) => item.assist);
    case 'way':
      return byWay(ctx, asked);
    case 'agent':
      return byAgent(ctx, asked);
  }
}

async function byUnit(ctx: Reading, { scope, period, whole }: Asked, level: UnitLevel): Promise<FigureGroup[]> {
  const below = subtreeOf(scope.at, scope.units).filter((unit) => unit.level === level);
  const counted = { ...scope.counted, unitIds: below.map((unit) => unit.id) };
  const figures = await figuresBy(ctx, { scope: counted, period, by: 'unitId' });
  const rest = restOf(whole, figures.values());
  const restName = level === 'town' ? `${scope.at.name}本级` : '镇、旗窗口登记';
  return [
    ...below.flatMap((unit) => {
      const found = figures.get(unit.id);
      if (found === undefined && !unit.active) return [];
      return [{ name: unit.name, figures: found ?? noFigures }];
    }),
    ...(isNothing(rest)
      ? []
      : [{ name: scope.at.level === 'town' ? `${scope.at.name}窗口` : restName, figures: rest }]),
  ];
}

interface CountedItem {
  readonly name: string;
  readonly department: string;
  readonly assist: string;
}

async function byItem(ctx: Reading, asked: Asked, nameOf: (item: CountedItem) => string): Promise<FigureGroup[]> {
  const { scope, period } = asked;
  const keys = scope.counted.dimension === 'item' ? scope.counted.keys : undefined;
  const counted = { dimension: 'item' as const, unitIds: keptFor(scope, 'item'), ...(keys ? { keys } : {}) };
  const figures = await figuresBy(ctx, { scope: counted, period, by: 'key' });
  const items = new Map((await itemReads.all(ctx.tx)).map((item) => [item.id, item]));
  const departments = new Map(scope.units.map((unit) => [unit.id, unit.name]));
  return together(figures, (key) => {
    const [id, type] = key.split(':');
    const item = items.get(Number(id));
    const assistType = assistTypes.find((candidate) => candidate === type);
    return nameOf({
      name: item?.subItem ?? '',
      department: departments.get(item?.departmentUnitId ?? 0) ?? item?.department ?? '',
      assist: assistType === undefined ? '' : assistTypeWords[assistType],
    });
  });
}

async function byWay(ctx: Reading, { scope, period }: Asked): Promise<FigureGroup[]> {
  const counted = { dimension: 'way' as const, unitIds: keptFor(scope, 'way') };
  const figures = await figuresBy(ctx, { scope: counted, period, by: 'key' });
  return together(figures, (key) => {
    const way = serviceWays.find((candidate) => candidate === key);
    return way === undefined ? key : serviceWayWords[way];
  });
}

async function byAgent(ctx: Reading, { scope, period }: Asked): Promise<FigureGroup[]> {
  const figures = await figuresByAgent(ctx, { unitIds: keptFor(scope, 'agent'), period });
  const agents = new Map((await agentReads.byIds(ctx.tx, [...figures.keys()])).map((agent) => [agent.id, agent]));
  const units = new Map(scope.units.map((unit) => [unit.id, unit.name]));
  const groups = [...figures].map(([id, found]) => {
    const agent = agents.get(id);
    return { name: agent ? `${agent.name}（${units.get(agent.unitId) ?? ''}）` : '', figures: found };
  });
  return groups.filter((group) => !isNothing(group.figures));
}

/** Units whose rows of the dimension add up to the scope's, without counting a case twice: see `counterKeys`. */
function keptFor(scope: StatsScope, dimension: Dimension): number[] {
  const subtree = subtreeOf(scope.at, scope.units);
  const ids = (units: readonly UnitRow[]) => units.map((unit) => unit.id);
  const banners = subtree.filter((unit) => unit.level === 'banner');
  if (dimension === 'agent') return ids(subtree);
  if (banners.length > 0) return ids(banners);
  return dimension === 'way' ? ids(subtree) : [scope.at.id];
}

/** Keys of the same name as one group; those without a case are left out. */
function together(figures: ReadonlyMap<string, Figures>, nameOf: (key: string) => string): FigureGroup[] {
  const parts = new Map<string, Figures[]>();
  for (const [key, found] of figures) {
    const name = nameOf(key);
    parts.set(name, [...(parts.get(name) ?? []), found]);
  }
  const groups = [...parts].map(([name, found]) => ({ name, figures: addFigures(found) }));
  return groups.filter((group) => !isNothing(group.figures));
}
