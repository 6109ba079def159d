/** The cards of /台账 and /排名 in every meaningful state. */
import type { Card } from './card.ts';
import type { GalleryCard } from './gallery.ts';
import { townNames } from './gallery-samples.ts';
import { rankingCard } from './ranking.ts';
import { fullLedgerCard, fullLedgerOrderedCard, sheetCard, sheetTooLargeCard } from './sheet.ts';

const sheet = {
  title: '巴彦托海镇 2026年11月',
  count: 128,
  parts: 1,
  note: '按登记时间统计，含下属单位；群众信息已隐去。',
  full: null,
};
const full = { unitId: 1, from: '2026-11-01', to: '2026-11-30' };
const ranking = {
  ...full,
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
  })),
  unranked: ['敖登', '白音'],
} as const;

export const sheetGallery: readonly GalleryCard[] = [
  { name: 'sheet', title: '台账：正在生成', card: sheetCard(sheet) },
  { name: 'sheet-admin', title: '台账：系统管理员', card: sheetCard({ ...sheet, full }) },
  { name: 'sheet-parts', title: '台账：分几份', card: sheetCard({ ...sheet, count: 100_000, parts: 4 }) },
  { name: 'sheet-empty', title: '台账：没有办件', card: sheetCard({ ...sheet, count: 0, full }) },
  { name: 'sheet-full', title: '台账：要完整信息', card: fullLedgerCard({ ...full, title: sheet.title, count: 128 }) },
  {
    name: 'sheet-full-ordered',
    title: '台账：完整信息已记入台账',
    card: fullLedgerOrderedCard({ title: sheet.title, count: 128, reason: '年度检查，核对补贴发放' }),
  },
  {
    name: 'sheet-too-large',
    title: '台账：文件太大',
    card: sheetTooLargeCard({ fileName: '台账_鄂温克族自治旗_2026年.xlsx', shorter: ['2026-01-01..2026-03-31'] }),
  },
  { name: 'ranking', title: '排名：苏木乡镇', card: rankingCard(ranking) },
  { name: 'ranking-agents', title: '排名：代办员，多页', card: rankingCard({ ...agentRanking, page: 1 }) },
  { name: 'ranking-last', title: '排名：代办员，最后一页', card: rankingCard({ ...agentRanking, page: 99 }) },
  {
    name: 'ranking-empty',
    title: '排名：没有评价',
    card: rankingCard({ ...ranking, by: 'satisfaction', ranked: [], unranked: townNames }),
  },
];

/** The same with one text wherever a text may stand, and far too many rows. */
export function extremeSheets(text: string): Readonly<Record<string, Card>> {
  const many = <Row>(row: Row) => Array.from({ length: 40 }, () => row);
  return {
    sheet: sheetCard({ ...sheet, title: text, note: text, full }),
    'sheet-full': fullLedgerCard({ ...full, title: text, count: 1 }),
    'sheet-full-ordered': fullLedgerOrderedCard({ title: text, count: 1, reason: text }),
    'sheet-too-large': sheetTooLargeCard({ fileName: text, shorter: many(text) }),
    ranking: rankingCard({
      ...agentRanking,
      title: text,
      ranked: many({ place: 1, name: text, unit: text, score: { part: 1, whole: 1, cases: 1 } }),
      unranked: many(text),
      page: 3,
    }),
  };
}
