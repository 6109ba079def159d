import { rankedWords, rankingWords } from '../../cards/words.ts';
import { lineOf } from '../../db/repositories/unit.ts';
import { local } from '../domain/level-names.ts';
import { type RankedKind, type Ranking, rankedKinds, rankings } from '../domain/ranking.ts';
import { showRanking } from '../services/stats/show-ranking.ts';
import { subtreeOf } from '../services/unit/tree.ts';
import { answerDiscreetly, type Command, fixed } from './command.ts';
import { readArguments } from './period-and-unit.ts';
import { wordsIn } from './words.ts';

/** A button of the card, or what people say for it. */
function whomOf(word: string): RankedKind | undefined {
  const said = ['乡镇', local`按镇`, local`各镇`].includes(word) ? rankedWords.towns : word;
  return rankedKinds.find((kind) => rankedWords[kind] === said);
}

function measureOf(word: string): Ranking | undefined {
  const said = { 按时率: rankingWords.onTime, 满意度: rankingWords.satisfaction }[word] ?? word;
  return rankings.find((ranking) => rankingWords[ranking] === said);
}

export const rank: Command = {
  name: '排名',
  aliases: ['rank'],
  audience: 'manager',
  usage: '/排名 [时间] [单位] [按什么]',
  get summary() {
    return local`苏木乡镇、代办员和经办人的名次：办件量、按时办结率、满意率`;
  },
  example: '/排名 上月 代办员',
  async run(ctx, args) {
    const words = wordsIn(args);
    const asked = words.find((word) => whomOf(word));
    const measure = words.find((word) => measureOf(word));
    const others = words.filter((word) => word !== asked && word !== measure);
    const { period, unit, unitNamed, units } = await readArguments(ctx, others.join(' '));
    // Within a town there are no towns to compare: who names one wants its people.
    const hasTowns = subtreeOf(unit, units).some(({ level, id }) => level === 'town' && id !== unit.id);
    const whom = whomOf(asked ?? '') ?? (unitNamed && !hasTowns ? 'agents' : 'towns');
    const wanted = { unitId: unit.id, period, whom, by: measureOf(measure ?? '') ?? 'volume', page: 0 };
    return answerDiscreetly(ctx, fixed(await showRanking(ctx, wanted)), lineOf(unit.id, units));
  },
};
