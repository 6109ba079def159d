/** The gallery's cards of 政务信息. */
import { adoptionKinds, firstPoints } from '../../src/domain/information.ts';
import {
  extraCard,
  informationHomeCard,
  type PieceView,
  pieceCard,
  pieceFormCard,
  pieceListCard,
  pointsCard,
  undoAdoptionCard,
} from '../information.ts';
import { informationRankingCard } from '../information-ranking.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { now, zone } from './samples.ts';

const half = '2026H1';
const own = { name: '巴彦托海镇', submitted: 131, score: 115, place: 1 };
const adoption = { adoptionId: 3, unit: '巴彦托海镇', kind: 'brief' as const, times: 1, day: '2026-05-08', points: 5 };
const piece: PieceView = {
  pieceId: 7,
  title: '巴彦托海镇帮办代办窗口实现村级全覆盖',
  unit: '巴彦托海镇',
  kind: 'news',
  day: '2026-05-06',
  adopted: ['brief'],
  body: 'https://example.feishu.cn/docx/abc',
  half,
  sentBy: '王芳',
  adoptions: [adoption],
  office: true,
  published: false,
};
const town = { unitId: 1, name: '巴彦托海镇', group: 'town' as const, submitted: 131, score: 115, place: 1 };
const rows = [
  town,
  { ...town, unitId: 2, name: '大雁镇', score: 85, place: 2 },
  { ...town, unitId: 3, name: '伊敏苏木', score: 85, place: 2 },
  { ...town, unitId: 4, name: '辉苏木', score: 0, submitted: 0, place: 4 },
  { ...town, unitId: 5, name: '林业和草原局', group: 'department' as const, score: 225 },
];
const correction = {
  reason: '大雁镇有一篇市采信息漏记了，补上。',
  before: {
    publishedAt: Date.parse('2026-11-16T10:05:00+08:00'),
    rows: [...rows.slice(0, 1), { ...town, unitId: 2, name: '大雁镇', score: 75, place: 3 }, ...rows.slice(2)],
  },
};
const ranking = { half, rows, correction: null, publishedAt: null, publishes: false, zone };
const home = { half, own: { ...own, place: null }, office: false, published: false, correcting: false, received: 0 };

const ordinary: readonly GalleryCard[] = [
  { name: 'information-home', title: '政务信息', card: informationHomeCard(home) },
  {
    name: 'information-home-office',
    title: '政务信息：旗政府办',
    card: informationHomeCard({ ...home, own: null, office: true, received: 855 }),
  },
  {
    name: 'information-home-published',
    title: '政务信息：排名已发布',
    card: informationHomeCard({ ...home, own, published: true }),
  },
  {
    name: 'information-home-correcting',
    title: '政务信息：旗政府办，正在更正',
    card: informationHomeCard({ ...home, own: null, office: true, published: true, correcting: true, received: 855 }),
  },
  { name: 'information-write', title: '政务信息：报送', card: pieceFormCard({ unit: '巴彦托海镇' }) },
  {
    name: 'information-inbox',
    title: '政务信息：收到的稿件',
    card: pieceListCard({
      half,
      list: 'inbox',
      page: 1,
      total: 40,
      searched: false,
      pieces: [piece, { ...piece, adopted: [] }],
    }),
  },
  {
    name: 'information-own',
    title: '政务信息：本单位没有稿件',
    card: pieceListCard({ half, list: 'own', page: 0, total: 0, searched: false, pieces: [] }),
  },
  {
    name: 'information-not-found',
    title: '政务信息：没有找到',
    card: pieceListCard({ half, list: 'inbox', page: 0, total: 0, searched: true, pieces: [] }),
  },
  { name: 'information-piece', title: '政务信息：一篇', card: pieceCard(piece) },
  {
    name: 'information-piece-published',
    title: '政务信息：一篇，已发布',
    card: pieceCard({ ...piece, published: true, adopted: [], adoptions: [] }),
  },
  { name: 'information-undo', title: '政务信息：撤销采用', card: undoAdoptionCard(adoption) },
  {
    name: 'information-extra',
    title: '政务信息：加分',
    card: extraCard({ half, units: [{ value: '1', text: '大雁镇' }], given: [adoption], published: false }),
  },
  {
    name: 'information-points',
    title: '政务信息：分值',
    card: pointsCard({ points: firstPoints, coming: [{ kind: 'brief', points: 8, fromDay: '2027-01-01' }] }),
  },
  {
    name: 'information-ranking',
    title: '政务信息排名：没有发布',
    card: informationRankingCard({ ...ranking, publishes: true }),
  },
  {
    name: 'information-ranking-published',
    title: '政务信息排名：已发布',
    card: informationRankingCard({ ...ranking, publishedAt: now }),
  },
  {
    name: 'information-ranking-own',
    title: '政务信息排名：已发布，旗政府办看',
    card: informationRankingCard({ ...ranking, publishedAt: now, publishes: true }),
  },
  {
    name: 'information-ranking-correcting',
    title: '政务信息排名：正在更正',
    card: informationRankingCard({ ...ranking, correction, publishes: true }),
  },
  {
    name: 'information-ranking-correcting-same',
    title: '政务信息排名：更正还没有改动',
    card: informationRankingCard({
      ...ranking,
      correction: { ...correction, before: { ...correction.before, rows } },
      publishes: true,
    }),
  },
  {
    name: 'information-ranking-corrected',
    title: '政务信息排名：更正',
    card: informationRankingCard({ ...ranking, correction, publishedAt: now }),
  },
];

export const informationGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const long = { ...piece, title: text, unit: text, adopted: adoptionKinds };
    const line = { ...adoption, unit: text, times: 100, points: 100_000 };
    const lines = Array.from({ length: 60 }, () => line);
    const ranked = { ...town, name: text, score: 99_999, submitted: 9999 };
    return [
      {
        name: 'information-home',
        title: '政务信息',
        card: informationHomeCard({ ...home, own: { ...own, name: text }, office: true, published: true }),
      },
      { name: 'information-write', title: '政务信息：报送', card: pieceFormCard({ unit: text }) },
      {
        name: 'information-inbox',
        title: '政务信息：收到的稿件',
        card: pieceListCard({
          half,
          list: 'inbox',
          page: 1,
          total: 9999,
          searched: false,
          pieces: Array.from({ length: 30 }, () => long),
        }),
      },
      {
        name: 'information-piece',
        title: '政务信息：一篇',
        card: pieceCard({ ...long, adopted: [], body: text, sentBy: text, adoptions: lines }),
      },
      { name: 'information-undo', title: '政务信息：撤销采用', card: undoAdoptionCard(line) },
      {
        name: 'information-extra',
        title: '政务信息：加分',
        card: extraCard({
          half,
          units: Array.from({ length: 90 }, (_, index) => ({ value: String(index + 1), text })),
          given: lines,
          published: false,
        }),
      },
      {
        name: 'information-ranking',
        title: '政务信息排名',
        card: informationRankingCard({
          ...ranking,
          rows: [
            ...Array.from({ length: 60 }, () => ranked),
            ...Array.from({ length: 60 }, () => ({ ...ranked, group: 'department' as const })),
          ],
          correction: {
            reason: text,
            before: {
              publishedAt: now,
              rows: Array.from({ length: 60 }, (_, index) => ({ ...ranked, unitId: 100 + index })),
            },
          },
          publishes: true,
        }),
      },
    ];
  },
};
