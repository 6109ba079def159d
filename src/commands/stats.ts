import { statsCard } from '../../cards/stats.ts';
import { lineOf } from '../../db/repositories/unit.ts';
import { personOf, requireStaff } from '../ctx.ts';
import type { Grouping } from '../domain/grouping.ts';
import { levelNames } from '../domain/level-names.ts';
import { Refused } from '../refusals.ts';
import { statsScope } from '../services/stats/scope.ts';
import { viewStats } from '../services/stats/view.ts';
import { answerDiscreetly, type Command, fixed } from './command.ts';
import { readArguments } from './period-and-unit.ts';
import { wordsIn } from './words.ts';

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
    const { by, rest } = takeGrouping(args);
    const { period, unit, units } = await readArguments(ctx, rest);
    const scope = await statsScope(ctx, unit.id, units);
    const view = await viewStats(ctx, { scope, period, by, asker: personOf(requireStaff(ctx)) });
    return answerDiscreetly(ctx, fixed(statsCard(view)), lineOf(unit.id, units));
  },
};

function groupingNamed(word: string): Grouping | undefined {
  const { town, village } = levelNames();
  return word === town ? 'town' : word === village ? 'village' : groupingNames.get(word);
}

/** Takes the grouping (`按事项`, at most one) out of what was typed. Refuses what cannot be grouped by. */
function takeGrouping(args: string): { by: Grouping | undefined; rest: string } {
  const words = wordsIn(args);
  const grouped = words.filter((word) => word.startsWith('按'));
  const [by, ...more] = grouped.map((word) => groupingNamed(word.replace(/^按|分$/g, '')));
  if (more.length > 0 || (grouped.length > 0 && by === undefined)) {
    throw new Refused('stats_grouping_unknown', {}, grouped.join(' '));
  }
  return { by, rest: words.filter((word) => !word.startsWith('按')).join(' ') };
}
