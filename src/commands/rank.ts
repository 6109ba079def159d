import { rankedWords, rankingWords } from '../../cards/words.ts';
import { lineOf } from '../../db/repositories/unit.ts';
import { type RankedKind, type Ranking, rankedKinds, rankings } from '../domain/ranking.ts';
import { showRanking } from '../services/stats/show-ranking.ts';
import { subtreeOf } from '../services/unit/tree.ts';
import { answerDiscreetly, type Command, fixed } from './command.ts';
import { readArguments } from './period-and-unit.ts';

/** The card's buttons, and what people say for them. */
const whoms = new Map<string, RankedKind>([
  ...rankedKinds.map((kind) => [rankedWords[kind], kind] as const),
  ...(['乡镇', '按镇', '各镇'] as const).map((word) => [word, 'towns'] as const),
]);
const measures = new Map<string, Ranking>([
  ...rankings.map((ranking) => [rankingWords[ranking], ranking] as const),
  ['按时率', 'onTime'],
  ['满意度', 'satisfaction'],
]);

export const rank: Command = {
  name: '排名',
  aliases: ['rank'],
  audience: 'manager',
  usage: '/排名 [时间] [单位] [按什么]',
  summary: '苏木乡镇、代办员和经办人的名次：办件量、按时办结率、满意率',
  example: '/排名 上月 代办员',
  async run(ctx, args) {
    const words = args.split(/\s+/);
    const asked = words.find((word) => whoms.has(word));
    const measure = words.find((word) => measures.has(word));
    const others = words.filter((word) => word !== asked && word !== measure);
    const { period, unit, unitNamed, units } = await readArguments(ctx, others.join(' '));
    // Within a town there are no towns to compare: who names one wants its people.
    const hasTowns = subtreeOf(unit, units).some(({ level, id }) => level === 'town' && id !== unit.id);
    const whom = whoms.get(asked ?? '') ?? (unitNamed && !hasTowns ? 'agents' : 'towns');
    const wanted = { unitId: unit.id, period, whom, by: measures.get(measure ?? '') ?? 'volume', page: 0 };
    return answerDiscreetly(ctx, fixed(await showRanking(ctx, wanted)), lineOf(unit.id, units));
  },
};
