/** The gallery's cards of 政务信息. */
import { adoptionKinds, firstPoints } from '../../src/domain/information.ts';
import {
  extraCard,
  informationHomeCard,
  informationRankingCard,
  type PieceView,
  pieceCard,
  pieceFormCard,
  pieceListCard,
  pointsCard,
  undoAdoptionCard,
} from '../information.ts';
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
const town = { name: '巴彦托海镇', group: 'town' as const, submitted: 131, score: 115, place: 1 };
const rows = [
  town,
  { ...town, name: '大雁镇', score: 85, place: 2 },
  { ...town, name: '伊敏苏木', score: 85, place: 2 },
  { ...town, name: '辉苏木', score: 0, submitted: 0, place: 4 },
  { ...town, name: '林业和草原局', group: 'department' as const, score: 225 },
];
const home = { half, own, office: false, published: false, received: 0 };

const ordinary: readonly GalleryCard[] = [
  { name: 'information-home', title: '政务信息', card: informationHomeCard(home) },
  {
    name: 'information-home-office',
    title: '政务信息：旗政府办',
    card: informationHomeCard({ ...home, own: null, office: true, received: 855 }),
  },
  { name: 'information-write', title: '政务信息：报送', card: pieceFormCard({ unit: '巴彦托海镇' }) },
  {
    name: 'information-inbox',
    title: '政务信息：收到的稿件',
    card: pieceListCard({ half, list: 'inbox', page: 1, total: 40, pieces: [piece, { ...piece, adopted: [] }] }),
  },
  {
    name: 'information-own',
    title: '政务信息：本单位没有稿件',
    card: pieceListCard({ half, list: 'own', page: 0, total: 0, pieces: [] }),
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
    card: informationRankingCard({ half, rows, publishedAt: null, publishes: true, zone }),
  },
  {
    name: 'information-ranking-published',
    title: '政务信息排名：已发布',
    card: informationRankingCard({ half, rows, publishedAt: now, publishes: false, zone }),
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
          half,
          rows: [
            ...Array.from({ length: 60 }, () => ranked),
            ...Array.from({ length: 60 }, () => ({ ...ranked, group: 'department' as const })),
          ],
          publishedAt: null,
          publishes: true,
          zone,
        }),
      },
    ];
  },
};
