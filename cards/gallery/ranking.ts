/** The gallery's cards of /排名. */
import { rankingCard } from '../ranking.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { townNames } from './samples.ts';

const ranking = {
  unitId: 1,
  from: '2026-11-01',
  to: '2026-11-30',
  whom: 'towns',
  by: 'onTime',
  page: 0,
  title: '鄂温克族自治旗 2026年11月',
  ranked: [1, 2, 2, 4, 5].map((place, index) => ({
    place,
    name: townNames[index] ?? '',
    unit: '',
    score: {
      part: [24, 22, 11, 9, 1][index] ?? 0,
      whole: [24, 24, 12, 12, 3][index] ?? 1,
      cases: [24, 24, 12, 12, 3][index] ?? 0,
    },
    returned: index % 2,
    overdue: index % 3,
    overdueDays: 7 * (index % 3),
  })),
  unranked: ['锡尼河东苏木', '辉苏木'],
} as const;
const agentRanking = {
  ...ranking,
  whom: 'agents',
  by: 'volume',
  title: '巴彦托海镇 2026年11月',
  ranked: Array.from({ length: 24 }, (_, index) => ({
    place: index + 1,
    name: `代办员${index + 1}`,
    unit: '安门社区',
    score: { part: 40 - index, whole: 1, cases: 40 - index },
    returned: index % 2,
    overdue: index % 3,
    overdueDays: 7 * (index % 3),
  })),
  unranked: ['敖登', '白音'],
} as const;
const handlerRanking = {
  ...agentRanking,
  whom: 'handlers',
  by: 'handled',
  ranked: agentRanking.ranked.slice(0, 6).map((row, index) => ({
    ...row,
    name: ['王芳', '李娜', '乌云', '张伟', '萨如拉', '敖登'][index] ?? '',
    unit: index < 4 ? '巴彦托海镇' : '安门社区',
  })),
  unranked: ['白音'],
} as const;

const ordinary: readonly GalleryCard[] = [
  { name: 'ranking', title: '排名：苏木乡镇', card: rankingCard(ranking) },
  { name: 'ranking-agents', title: '排名：代办员，多页', card: rankingCard({ ...agentRanking, page: 1 }) },
  { name: 'ranking-last', title: '排名：代办员，最后一页', card: rankingCard({ ...agentRanking, page: 99 }) },
  { name: 'ranking-handlers', title: '排名：经办人', card: rankingCard(handlerRanking) },
  {
    name: 'ranking-empty',
    title: '排名：没有评价',
    card: rankingCard({ ...ranking, by: 'satisfaction', ranked: [], unranked: townNames }),
  },
];

export const rankingGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const many = <Row>(row: Row) => Array.from({ length: 40 }, () => row);
    const score = { part: 1, whole: 1, cases: 1 };
    const ranked = many({
      place: 1,
      name: text,
      unit: text,
      score,
      returned: 12_345,
      overdue: 12_345,
      overdueDays: 123_456,
    });
    return [
      {
        name: 'ranking',
        title: '排名',
        card: rankingCard({ ...handlerRanking, title: text, ranked, unranked: many(text), page: 3 }),
      },
    ];
  },
};
