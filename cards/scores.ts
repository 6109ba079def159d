/** 得分 in words: what each part is called, how it is counted, and what a town's part rests on. Card, Word and Excel file say the same. */
import { local } from '../src/domain/level-names.ts';
import {
  type Measure,
  type PartScore,
  pointsOf,
  type ScorePart,
  type Scores,
  type Scoring,
  scoreParts,
  type TownScore,
  volumeOf,
} from '../src/domain/score.ts';

export const scorePartWords: Readonly<Record<ScorePart, string>> = {
  volume: '办件量',
  onTime: '按时办结率',
  satisfaction: '满意率',
  oneTimeNotice: '一次性告知率',
  punctuality: '月报按时报送率',
  readiness: '“七有”达标率',
  roster: '专职代办员配备率',
};

/** How each part is counted; all of them stand in docs/FIGURES.md, too. */
export const scorePartMeanings: Readonly<Record<ScorePart, string>> = {
  volume: '本季登记的件数和参加排名的最高者比；各单位常住人口都导入了的，按每千人的件数比',
  onTime: '本季按时办结的件，占本季办结和超期在办合计的多少',
  satisfaction: '本季回访评价里，“非常满意”和“满意”占多少',
  get oneTimeNotice() {
    return local`本季本苏木乡镇退回补正的次数里，不是同一件再次退回的占多少`;
  },
  punctuality: '本季到期的月报里，按时报送的占多少',
  readiness: '便民服务中心（站）里，“七有”都达标的占多少',
  get roster() {
    return local`嘎查社区里，季末至少有一名专职代办员的占多少`;
  },
};

/** 办件量20分、按时办结率25分…… */
export function weightWords({ weights }: Scoring): string {
  return scoreParts.map((part) => `${scorePartWords[part]}${weights[part]}分`).join('、');
}

/** The rules that every bulletin prints. */
export function scoreRules({ scoring, scores }: { scoring: Scoring; scores: Pick<Scores, 'perResidents'> }): string[] {
  const volume = scores.perResidents ? '办件量按每千常住人口的件数比。' : '常住人口没有全部导入，办件量按件数比。';
  return [
    `满分100分：${weightWords(scoring)}。每项得分＝这项的分值×完成的比例。`,
    volume,
    '没有可算的项（例如没有退回补正）不计分，其余各项按比例补足100分。',
    '总分保留一位小数，总分相同的名次相同，后面的名次空出。',
    `本季登记不满${scoring.casesMin}件的不参加排名，只列出。`,
  ];
}

export function totalWords(total: number): string {
  return total.toFixed(1);
}

export function percentWords({ part, whole }: Measure): string {
  return `${((100 * part) / whole).toFixed(1)}%`;
}

/** What a part brings: 24.2分, or 不计分. */
export function pointsWords(town: Pick<TownScore, 'parts'>, part: PartScore): string {
  const points = pointsOf(town, part);
  return points === null ? '不计分' : `${points.toFixed(1)}分`;
}

/** What the part rests on, its denominator beside it: 96.7%（30件里29件）. */
export function measureWords(town: Pick<TownScore, 'population' | 'cases'>, part: PartScore): string {
  const { measure } = part;
  if (part.part === 'volume') {
    const { population, cases } = town;
    return population === null ? `${cases}件` : `${cases}件，每千人${volumeOf(town, true).toFixed(1)}件`;
  }
  if (measure.whole === 0) return nothingWords[part.part];
  return `${percentWords(measure)}（${wholeWords[part.part](measure)}）`;
}

type Rated = Exclude<ScorePart, 'volume'>;

const wholeWords: Readonly<Record<Rated, (measure: Measure) => string>> = {
  onTime: ({ part, whole }) => `${whole}件里${part}件`,
  satisfaction: ({ part, whole }) => `回访${whole}件里${part}件`,
  oneTimeNotice: ({ part, whole }) => `退回${whole}次里${part}次`,
  punctuality: ({ part, whole }) => `${whole}个月里${part}个月`,
  readiness: ({ part, whole }) => `${whole}个里${part}个`,
  roster: ({ part, whole }) => local`${whole}个嘎查社区里${part}个`,
};

const nothingWords: Readonly<Record<Rated, string>> = {
  onTime: '没有办结和超期的件',
  satisfaction: '没有回访评价',
  oneTimeNotice: '没有退回补正',
  punctuality: '没有到期的月报',
  readiness: '没有七有自查',
  get roster() {
    return local`没有嘎查社区`;
  },
};
