import { statsCard } from '../../cards/stats.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { personOf, requireStaff } from '../ctx.ts';
import { assistTypes } from '../domain/case.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { managesUnit } from '../domain/permission.ts';
import { Refused } from '../refusals.ts';
import { type Figures, type FiguresScope, figuresBy, noFigures } from '../services/stats/figures.ts';
import { figureWords } from '../services/stats/words.ts';
import { seekUnit } from '../services/unit/seek.ts';
import { type Command, type CommandCtx, fixed } from './command.ts';

const DEFAULT_PERIOD = '本月';

export const stats: Command = {
  name: '统计',
  aliases: ['stats'],
  audience: 'manager',
  usage: '/统计 [时间] [单位·部门]',
  summary: '看数字和图：登记、办结、按时率、满意率',
  example: '/统计 本月 巴彦托海镇',
  async run(ctx, args) {
    const { period, named } = await readArguments(ctx, args);
    const scope = await scopeOf(ctx, named);
    const counted = { ...scope.counted, unitIds: [scope.unit.id] };
    const byId = await figuresBy(ctx, { scope: counted, period, by: 'unitId' });
    const figures = byId.get(scope.unit.id) ?? noFigures;
    const nothing = Object.values(figures).every((figure) => figure === 0);
    const byUnit = nothing ? null : await barsByUnit(ctx, { scope, period });
    return fixed(
      statsCard({
        title: `${scope.title} ${period.label}`,
        figures: figureWords(figures),
        chart: nothing ? null : (byUnit ?? barsOfFigures(figures)),
        chartTitle: byUnit ? '各单位登记件数' : '本期件数',
        note: '“在办”是截至期末还没有办结的件。',
        empty: nothing ? '本期暂无办件' : null,
      }),
    );
  },
};

/** Words in any order: at most one time and one unit. */
async function readArguments(ctx: CommandCtx, args: string): Promise<{ period: Period; named: UnitRow | undefined }> {
  const words = args.split(/\s+/).filter((word) => word !== '');
  const periods = words.map((word) => parsePeriod(word, ctx.now, ctx.zone));
  const rest = words.filter((_, index) => periods[index] === undefined);
  const [named, ...more] = periods.filter((found) => found !== undefined);
  if (more.length > 0) throw new Refused('stats_period_unknown', { text: args });
  const period = named ?? parsePeriod(DEFAULT_PERIOD, ctx.now, ctx.zone);
  if (!period) throw new Error('the default period is no period');
  if (rest.length === 0) return { period, named: undefined };
  try {
    return { period, named: await seekUnit(ctx, rest.join('')) };
  } catch (error) {
    if (error instanceof Refused && error.code === 'unit_unknown') {
      throw new Refused('stats_period_unknown', { text: rest.join(' ') });
    }
    throw error;
  }
}

interface Scope {
  /** Whose counters are read. */
  readonly unit: UnitRow;
  readonly counted: Omit<FiguresScope, 'unitIds'>;
  readonly title: string;
}

/** The named unit, else the manager's own; a department means its items throughout the banner. */
async function scopeOf(ctx: CommandCtx, named: UnitRow | undefined): Promise<Scope> {
  const { agent, unit } = requireStaff(ctx);
  const wanted = named ?? unit;
  const line = await unitReads.lineage(ctx.tx, wanted.id);
  const allowed = managesUnit(
    personOf({ agent, unit }),
    line.map((above) => above.id),
  );
  if (!allowed) throw new Refused('stats_not_yours', { unit: unit.name });
  const banner = line.find((above) => above.level === 'banner');
  if (wanted.level === 'department' && banner) {
    const items = (await itemReads.all(ctx.tx)).filter((item) => item.departmentUnitId === wanted.id);
    const keys = items.flatMap((item) => assistTypes.map((assistType) => `${item.id}:${assistType}`));
    return { unit: banner, counted: { dimension: 'item', keys }, title: wanted.name };
  }
  return { unit: wanted, counted: { dimension: 'all' }, title: wanted.name };
}

/** Registered cases of the units right below; null when there are none below or nothing was registered. */
async function barsByUnit(ctx: CommandCtx, of: { scope: Scope; period: Period }) {
  const below = (await unitReads.children(ctx.tx, of.scope.unit.id)).filter((unit) => unit.level !== 'department');
  const counted = { ...of.scope.counted, unitIds: below.map((unit) => unit.id) };
  const figures = await figuresBy(ctx, { scope: counted, period: of.period, by: 'unitId' });
  const bars = below.map((unit) => ({ name: unit.name, value: figures.get(unit.id)?.registered ?? 0 }));
  return bars.some((bar) => bar.value > 0) ? bars : null;
}

/** For a unit without units below. */
function barsOfFigures(figures: Figures) {
  return [
    { name: '登记', value: figures.registered },
    { name: '办结', value: figures.completed },
    { name: '在办', value: figures.open },
  ];
}
