import { assistTypeWords, serviceWayWords } from '../../../cards/words.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { lineOf, type UnitRow } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { assistTypes, serviceWays } from '../../domain/case.ts';
import type { Dimension } from '../../domain/counters.ts';
import { addFigures, type FigureGroup, type Figures, isNothing, noFigures, restOf } from '../../domain/figures.ts';
import type { Grouping } from '../../domain/grouping.ts';
import { local } from '../../domain/level-names.ts';
import type { UnitLevel } from '../../domain/unit.ts';
import { subtreeOf } from '../unit/tree.ts';
import { type Days, figuresQuestion, type Question } from './figures.ts';
import type { OverdueCases } from './overdue.ts';
import type { StatsScope } from './scope.ts';

interface Asked {
  readonly scope: StatsScope;
  readonly by: Grouping;
}

/** What the counters are asked for the groups of a scope. */
export function groupsQuestion({ scope, by, period }: Asked & { period: Days }): Question<Map<string, Figures>> {
  switch (by) {
    case 'town':
    case 'village': {
      const unitIds = unitsBelow(scope, by).map((unit) => unit.id);
      return figuresQuestion({ scope: { ...scope.counted, unitIds }, period, by: 'unitId' });
    }
    case 'department':
    case 'item':
    case 'assist': {
      const { counted } = scope;
      const keys = counted.dimension === 'item' && counted.keys ? { keys: counted.keys } : {};
      const items = { ...keys, dimension: 'item' as const, unitIds: keptFor(scope, 'item') };
      return figuresQuestion({ scope: items, period, by: 'key' });
    }
    case 'way':
    case 'agent':
      return figuresQuestion({ scope: { dimension: by, unitIds: keptFor(scope, by) }, period, by: 'key' });
  }
}

/** Under which key of what `groupsQuestion` gave an overdue case belongs. */
export function groupKey({ scope, by }: Asked): (one: OverdueCases) => string | number | undefined {
  switch (by) {
    case 'town':
    case 'village':
      return ({ registeringUnitId }) => lineOf(registeringUnitId, scope.units).find(({ level }) => level === by)?.id;
    case 'department':
    case 'item':
    case 'assist':
      return ({ itemVersionId, assistType }) => `${itemVersionId}:${assistType}`;
    case 'way':
      return ({ way }) => way;
    case 'agent':
      return ({ registrarId }) => registrarId;
  }
}

/**
 * The figures apart by `by`, most registrations first; units without a case are there, anything else without one is not.
 * @param found what `groupsQuestion` gave; `whole`: of the whole scope, what the groups leave over gets a row of its own.
 */
export async function figureGroups(
  ctx: Reading,
  asked: Asked & { found: ReadonlyMap<string, Figures>; whole: Figures },
): Promise<FigureGroup[]> {
  const groups = await namedGroups(ctx, asked);
  return groups.sort((a, b) => b.figures.registered - a.figures.registered || b.figures.open - a.figures.open);
}

async function namedGroups(
  ctx: Reading,
  asked: Asked & { found: ReadonlyMap<string, Figures>; whole: Figures },
): Promise<FigureGroup[]> {
  const { scope, by, found } = asked;
  switch (by) {
    case 'town':
    case 'village':
      return byUnit(asked, by);
    case 'department':
      return byItem(ctx, asked, (item) => item.department);
    case 'item':
      return byItem(ctx, asked, (item) => item.name);
    case 'assist':
      return byItem(ctx, asked, (item) => item.assist);
    case 'way':
      return together(found, wayName);
    case 'agent':
      return byAgent(ctx, { scope, found });
  }
}

function unitsBelow(scope: StatsScope, level: UnitLevel): UnitRow[] {
  return subtreeOf(scope.at, scope.units).filter((unit) => unit.level === level);
}

function byUnit(
  { scope, found, whole }: { scope: StatsScope; found: ReadonlyMap<string, Figures>; whole: Figures },
  level: UnitLevel,
): FigureGroup[] {
  const rest = restOf(whole, found.values());
  const restName = level === 'town' ? `${scope.at.name}本级` : local`镇、旗窗口登记`;
  return [
    ...unitsBelow(scope, level).flatMap((unit) => {
      const figures = found.get(String(unit.id));
      if (figures === undefined && !unit.active) return [];
      return [{ name: unit.name, figures: figures ?? noFigures }];
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

async function byItem(
  ctx: Reading,
  { scope, found }: { scope: StatsScope; found: ReadonlyMap<string, Figures> },
  nameOf: (item: CountedItem) => string,
): Promise<FigureGroup[]> {
  const items = new Map(
    (scope.items ?? (await itemReads.inEveryVersion(ctx.tx))).map((item) => [item.versionId, item]),
  );
  const departments = new Map(scope.units.map((unit) => [unit.id, unit.name]));
  return together(found, (key) => {
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

function wayName(key: string): string {
  const way = serviceWays.find((candidate) => candidate === key);
  return way === undefined ? key : serviceWayWords[way];
}

async function byAgent(
  ctx: Reading,
  { scope, found }: { scope: StatsScope; found: ReadonlyMap<string, Figures> },
): Promise<FigureGroup[]> {
  const rows = await agentReads.byIds(ctx.tx, [...found.keys()].map(Number));
  const agents = new Map(rows.map((agent) => [agent.id, agent]));
  const units = new Map(scope.units.map((unit) => [unit.id, unit.name]));
  const groups = [...found].map(([id, figures]) => {
    const agent = agents.get(Number(id));
    return { name: agent ? `${agent.name}（${units.get(agent.unitId) ?? ''}）` : '', figures };
  });
  return groups.filter((group) => !isNothing(group.figures));
}

/** Units whose rows of the dimension add up to the scope's, without counting a case twice: see `counterKeys`. */
export function keptFor(scope: StatsScope, dimension: Dimension): number[] {
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
