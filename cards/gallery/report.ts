/** The gallery's cards about the monthly report. */
import { overdueCard, reportCard } from '../report.ts';
import type { GalleryCard, NounGallery } from './gallery-card.ts';
import { days, now, townNames, zone } from './samples.ts';

const figures = [
  { label: '登记', value: '128件' },
  { label: '办结', value: '117件' },
  { label: '按时办结率', value: '96.5%' },
  { label: '满意率', value: '98.1%' },
  { label: '退回补正', value: '6件' },
];
const report = {
  townName: '大雁镇',
  townId: 2,
  month: '2026-11',
  monthName: '11月',
  dueAt: Date.UTC(2026, 11, 15, 15),
  lastWorkingDayNote: null,
  figures,
  submitted: null,
  zone,
  ledgerKey: '3f2a-91c0-77de-b48e',
  ledgerEntry: '巴彦托海镇：第128条 9f86d081884c7d65',
  overdue: false,
};
const reported = { by: '王海', at: now, late: false };

const ordinary: readonly GalleryCard[] = [
  { name: 'report', title: '月报：待报送', card: reportCard(report) },
  {
    name: 'report-weekend',
    title: '月报：15日不是工作日',
    card: reportCard({ ...report, lastWorkingDayNote: '15日是周日，最后一个工作日是13日（周五）' }),
  },
  { name: 'report-overdue', title: '月报：逾期', card: reportCard({ ...report, overdue: true }) },
  { name: 'report-submitted', title: '月报：已报送', card: reportCard({ ...report, submitted: reported }) },
  {
    name: 'report-late',
    title: '月报：逾期报送',
    card: reportCard({ ...report, overdue: true, submitted: { ...reported, late: true } }),
  },
  {
    name: 'overdue',
    title: '月报：未报送名单',
    card: overdueCard({
      monthName: '11月',
      late: townNames.slice(0, 3),
      reported: townNames.slice(3).map((town, index) => ({ town, at: now - index * days, late: index === 0 })),
      zone,
      now,
    }),
  },
  {
    name: 'overdue-none',
    title: '月报：全部报送',
    card: overdueCard({ monthName: '11月', late: [], reported: [{ town: '大雁镇', at: now, late: false }], zone, now }),
  },
];

export const reportGallery: NounGallery = {
  ordinary,
  extreme(text) {
    const many = <Row>(row: Row) => Array.from({ length: 40 }, () => row);
    return [
      {
        name: 'report',
        title: '月报',
        card: reportCard({
          ...report,
          townName: text,
          monthName: text,
          lastWorkingDayNote: text,
          ledgerKey: text,
          ledgerEntry: text,
          figures: many({ label: text, value: text }),
        }),
      },
      {
        name: 'overdue',
        title: '月报：未报送名单',
        card: overdueCard({
          monthName: text,
          late: many(text),
          reported: many({ town: text, at: now, late: true }),
          zone,
          now,
        }),
      },
    ];
  },
};
