import { lineOf } from '../../db/repositories/unit.ts';
import { local } from '../domain/level-names.ts';
import { showRanking } from '../services/stats/show-ranking.ts';
import { subtreeOf } from '../services/unit/tree.ts';
import { answerDiscreetly, type Command, fixed } from './command.ts';
import { readArguments } from './period-and-unit.ts';

export const rank: Command = {
  name: '排名',
  aliases: ['rank'],
  audience: 'manager',
  usage: '/排名 [时间] [单位]',
  get summary() {
    return local`苏木乡镇、代办员和经办人的名次：办件量、按时办结率、满意率`;
  },
  example: '/排名 上月',
  async run(ctx, args) {
    const { period, unit, unitNamed, units } = await readArguments(ctx, args);
    // Within a town there are no towns to compare: who names one wants its people.
    const hasTowns = subtreeOf(unit, units).some(({ level, id }) => level === 'town' && id !== unit.id);
    const whom = unitNamed && !hasTowns ? 'agents' : 'towns';
    const wanted = { unitId: unit.id, period, whom, by: 'volume', page: 0 } as const;
    return answerDiscreetly(ctx, fixed(await showRanking(ctx, wanted)), lineOf(unit.id, units));
  },
};
