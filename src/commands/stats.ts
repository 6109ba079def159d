import { statsCard } from '../../cards/stats.ts';
import { itemReads } from '../../db/repositories/item.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { assistTypes } from '../domain/case.ts';
import type { Period } from '../domain/period.ts';
import { type Figures, type FiguresScope, figuresBy, noFigures } from '../services/stats/figures.ts';
import { figureWords } from '../services/stats/words.ts';
import { type Command, type CommandCtx, fixed } from './command.ts';
import { managedUnit, readArguments } from './period-and-unit.ts';

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

interface Scope {
  /** Whose counters are read. */
  readonly unit: UnitRow;
  readonly counted: Omit<FiguresScope, 'unitIds'>;
  readonly title: string;
}

/** The named unit, else the manager's own; a department means its items throughout the banner. */
async function scopeOf(ctx: CommandCtx, named: UnitRow | undefined): Promise<Scope> {
  const { unit: wanted, line } = await managedUnit(ctx, named);
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
