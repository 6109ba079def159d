/** The gallery's cards of /统计: full, thin, empty and overfull. */
import { addFigures, type FigureGroup, type Figures, noFigures } from '../../src/domain/figures.ts';
import { groupings, stepStarts, type Trend } from '../../src/domain/grouping.ts';
import { figureCasesCard } from '../figure-cases.ts';
import { type StatsView, statsCard } from '../stats.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { now, sampleRow, textChoices, townNames, unitChoices, zone } from './samples.ts';

/** Figures of so many registrations, in ordinary proportions. */
function figures(registered: number): Figures {
  const completed = Math.round(registered * 0.9);
  const open = Math.round(registered * 0.2);
  const accepted = Math.floor(open / 2);
  const returned = Math.floor(open / 4);
  return {
    ...noFigures,
    registered,
    total: registered * 30,
    completed,
    completedOnTime: Math.round(completed * 0.96),
    completeMinutes: completed * 640,
    accepted: registered,
    acceptMinutes: registered * 95,
    returned: Math.round(registered * 0.06),
    withdrawn: Math.round(registered * 0.02),
    open,
    acceptedOpen: accepted,
    returnedOpen: returned,
    overdue: Math.floor(open / 6),
    overdueDays: 4 * Math.floor(open / 6),
    waitingOpen: open - accepted - returned,
    rated: Math.round(completed * 0.7),
    ratedSatisfied: Math.round(completed * 0.68),
  };
}

const groups: FigureGroup[] = townNames.map((name, index) => ({ name, figures: figures(40 - index * 5) }));
const month: Trend = {
  step: 'day',
  points: stepStarts({ from: '2026-11-01', to: '2026-11-23' }, 'day').map((start, index) => ({
    start,
    registered: index % 7 === 0 ? 0 : 6 + ((index * 5) % 7),
    completed: index % 7 === 0 ? 0 : 4 + ((index * 3) % 6),
  })),
};
const at = { unitId: 1, period: '2026-11-01..2026-11-30', by: 'town', askerId: 3 } as const;

const whole: StatsView = {
  unitName: '鄂温克族自治旗',
  periodName: '2026年11月',
  at,
  figures: addFigures(groups.map((group) => group.figures)),
  longestOverdue: 12,
  others: figures(9),
  before: figures(168),
  lastYear: figures(203),
  running: true,
  groups,
  trend: month,
  groupings,
  units: [{ value: String(at.unitId), text: '鄂温克族自治旗' }, ...unitChoices(23).slice(1)],
};

const nothingBefore = { before: null, lastYear: null };
const many = (count: number, nameOf: (index: number) => string): FigureGroup[] =>
  Array.from({ length: count }, (_, index) => ({ name: nameOf(index), figures: figures(90 - Math.min(index, 80)) }));
const one: FigureGroup = { name: '窗口', figures: { ...noFigures, registered: 1, total: 1, open: 1, waitingOpen: 1 } };
const empty = {
  ...whole,
  ...nothingBefore,
  groups: [],
  trend: null,
  longestOverdue: null,
  figures: { ...noFigures, total: 36 },
};
const quarters: Trend = {
  step: 'month',
  points: stepStarts({ from: '2026-01-01', to: '2026-11-23' }, 'month').map((start, index) => ({
    start,
    registered: 300 + index * 20,
    completed: 280 + index * 19,
  })),
};

const cases = {
  label: '办结',
  unitName: '巴彦托海镇',
  periodName: '2026年11月',
  total: 34,
  rows: Array.from({ length: 10 }, () => ({ ...sampleRow, state: 'completed' as const, dueAt: null, inHandsOf: null })),
  more: true,
  note: null,
  at: { ...at, v: 1, action: 'stats.cases', list: 'completed', page: 1 },
  now,
  zone,
} as const;

const ordinary: readonly GalleryCard[] = [
  { name: 'stats', title: '统计：全旗', card: statsCard(whole) },
  {
    name: 'stats-year',
    title: '统计：全年，按代办员，300人',
    card: statsCard({
      ...whole,
      periodName: '2026年',
      at: { ...at, period: '2026-01-01..2026-12-31', by: 'agent' },
      groups: many(300, (index) => `阿拉坦其其格${index}（安门社区）`),
      trend: quarters,
    }),
  },
  {
    name: 'stats-items',
    title: '统计：苏木乡镇，按事项',
    card: statsCard({
      ...whole,
      unitName: '巴彦托海镇',
      at: { ...at, by: 'item' },
      groups: many(40, (index) => `困难残疾人生活补贴和重度残疾人护理补贴发放${index}`),
    }),
  },
  {
    name: 'stats-first',
    title: '统计：新单位的第一件',
    card: statsCard({
      ...whole,
      ...nothingBefore,
      unitName: '安达社区',
      periodName: '2026年11月23日',
      at: { ...at, by: 'way' },
      figures: one.figures,
      running: false,
      groups: [one],
      trend: null,
      groupings: ['agent', 'department', 'item', 'assist', 'way'],
      units: unitChoices(2),
    }),
  },
  {
    name: 'stats-standing',
    title: '统计：只有在办，没有新登记',
    card: statsCard({
      ...whole,
      groups: [{ name: '大雁镇', figures: { ...noFigures, total: 4, open: 4, acceptedOpen: 3, returnedOpen: 1 } }],
      trend: { ...month, points: month.points.slice(0, 1) },
    }),
  },
  { name: 'stats-empty', title: '统计：没有数据', card: statsCard(empty) },
  { name: 'stats-new', title: '统计：新单位', card: statsCard({ ...empty, figures: noFigures }) },
  { name: 'stats-cases', title: '统计：数字后面的件', card: figureCasesCard(cases) },
  {
    name: 'stats-cases-none',
    title: '统计：数字后面没有件',
    card: figureCasesCard({
      ...cases,
      total: 0,
      rows: [],
      more: false,
      at: { ...cases.at, page: 0 },
      note: '过去的时间只列期末前60天内登记的件。',
    }),
  },
];

export const statsGallery: NounGallery = {
  ordinary,
  extreme: (text) => [
    {
      name: 'stats',
      title: '统计',
      card: statsCard({
        ...whole,
        unitName: text,
        periodName: text,
        groups: many(100, () => text),
        units: textChoices(text, 40),
      }),
    },
    {
      name: 'stats-cases',
      title: '统计：数字后面的件',
      card: figureCasesCard({ ...cases, label: text, unitName: text, periodName: text, note: text }),
    },
  ],
};
