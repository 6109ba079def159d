import { statsCard } from '../../cards/stats.ts';
import type { UnitRow } from '../../db/repositories/unit.ts';
import { personOf, requireStaff } from '../ctx.ts';
import type { Grouping } from '../domain/grouping.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import { maySeeFigures, statsScope } from '../services/stats/scope.ts';
import { viewStats } from '../services/stats/view.ts';
import { seekUnit } from '../services/unit/seek.ts';
import { type Command, type CommandCtx, fixed } from './command.ts';

const DEFAULT_PERIOD = '本月';

/** What people may say after 按. */
const groupingNames = new Map<string, Grouping>([
  ...['镇', '乡镇', '苏木', '苏木乡镇'].map((word): [string, Grouping] => [word, 'town']),
  ...['村', '嘎查', '社区', '嘎查社区'].map((word): [string, Grouping] => [word, 'village']),
  ['部门', 'department'],
  ['事项', 'item'],
  ['类型', 'assist'],
  ...['方式', '办理方式'].map((word): [string, Grouping] => [word, 'way']),
  ...['人', '人员', '代办员'].map((word): [string, Grouping] => [word, 'agent']),
]);

export const stats: Command = {
  name: '统计',
  aliases: ['stats'],
  audience: 'manager',
  usage: '/统计 [时间] [单位·部门] [按…]',
  summary: '看数字和图：登记、办结、按时率、满意率',
  example: '/统计 本月 巴彦托海镇 按事项',
  async run(ctx, args) {
    const { period, named, by } = await readArguments(ctx, args);
    const { agent, unit } = requireStaff(ctx);
    const scope = await statsScope(ctx, (named ?? unit).id);
    if (!maySeeFigures(personOf({ agent, unit }), scope)) throw new Refused('stats_not_yours', { unit: unit.name });
    return fixed(statsCard(await viewStats(ctx, { scope, period, by, asker: agent })));
  },
};

interface Arguments {
  readonly period: Period;
  readonly named: UnitRow | undefined;
  readonly by: Grouping | undefined;
}

/** Words in any order: at most one time, one unit and one grouping (`按事项`). */
async function readArguments(ctx: CommandCtx, args: string): Promise<Arguments> {
  const words = args.split(/\s+/).filter((word) => word !== '');
  const grouped = words.filter((word) => word.startsWith('按'));
  const others = words.filter((word) => !word.startsWith('按'));
  const [by, ...moreGroupings] = grouped.map((word) => groupingNames.get(word.replace(/^按|分$/g, '')));
  if (moreGroupings.length > 0 || (grouped.length > 0 && by === undefined)) {
    throw new Refused('stats_grouping_unknown', { text: grouped.join(' ') });
  }
  const periods = others.map((word) => parsePeriod(word, ctx.now, ctx.zone));
  const rest = others.filter((_, index) => periods[index] === undefined);
  const [named, ...more] = periods.filter((found) => found !== undefined);
  if (more.length > 0) throw new Refused('stats_period_unknown', { text: args });
  const period = named ?? parsePeriod(DEFAULT_PERIOD, ctx.now, ctx.zone);
  if (!period) throw new Error('the default period is no period');
  return { period, named: await seekNamed(ctx, rest), by };
}

async function seekNamed(ctx: CommandCtx, words: readonly string[]): Promise<UnitRow | undefined> {
  if (words.length === 0) return undefined;
  try {
    return await seekUnit(ctx, words.join(''));
  } catch (error) {
    if (error instanceof Refused && error.code === 'unit_unknown') {
      throw new Refused('stats_period_unknown', { text: words.join(' ') });
    }
    throw error;
  }
}
