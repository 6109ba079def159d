/** The gallery's cards about the monthly report. */
import { noFigures } from '../../src/domain/figures.ts';
import { overdueCard, reportCard } from '../report.ts';
import { type ReportDraftView, reportDraftCard } from '../report-draft.ts';
import { type ReportInFull, type ReportVersionView, reportInFullCard } from '../report-in-full.ts';
import { reportLines } from '../report-lines.ts';
import { type ReportTableView, reportTableCard } from '../report-table.ts';
import { reportCorrectionCard, reportReturnCard, reportVersionsCard } from '../report-versions.ts';
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
  corrected: null,
  returned: null,
  zone,
  ledgerKey: '3f2a-91c0-77de-b48e',
  ledgerEntry: '巴彦托海镇：第128条 9f86d081884c7d65',
  overdue: false,
};
const reported = { by: '王海', at: now, late: false };

const group = (key: number | string | null, name: string, registered: number) => ({
  ...{ key, name, registered, completed: registered - 2, completedOnTime: registered - 3 },
  ...{ open: 2, overdue: 1, returnedAgain: 0 },
});
const parts = {
  departments: [
    group(11, '民政部门', 52),
    group(12, '人力资源社会保障部门', 41),
    group(13, '医保部门', 23),
    group(null, '其他事项', 12),
  ],
  assists: [group('local', '本级帮办代办', 80), group('extended', '延伸帮办代办', 48)],
  bad: { rated: 2, rectified: 1 },
  readiness: { centers: { ready: 1, total: 1 }, stations: { ready: 9, total: 12 } },
  tasks: { done: 9, atRisk: 2, late: 1, total: 14 },
  staff: { fullTime: 21, partTime: 8, villages: 12, withoutFullTime: ['孟根楚鲁嘎查', '雁北社区'] },
};
const counted = {
  ...noFigures,
  ...{ registered: 128, completed: 117, completedOnTime: 113, open: 23, overdue: 2, overdueDays: 5 },
  ...{ accepted: 120, acceptMinutes: 9000, completeMinutes: 90_000, returned: 6, returnedAgain: 1 },
  ...{ refused: 3, terminated: 1, rated: 96, ratedSatisfied: 94, rated2: 2 },
};
const texts = {
  practices: '全镇12个嘎查社区设流动窗口，每周三下乡一次，集中办理城乡居民参保和高龄津贴，共上门46户。',
  problems: '孟根楚鲁嘎查网络不稳，照片传得慢。雁北社区还没有专职代办员。',
  plans: '下月给雁北社区配一名专职代办员，入户宣传医保缴费。',
};
const inFull: ReportInFull = {
  ...{ townId: 2, townName: '大雁镇', month: '2026-11', monthName: '2026年11月' },
  ...{ dueAt: report.dueAt, lastWorkingDayNote: null, submitted: null, overdue: false, returned: null },
  ...{ ledgerEntry: null, zone, over: true, version: null, nothing: false, drawnAt: now },
  lines: reportLines(counted, parts),
  parts,
  texts,
  draft: { masked: false, saved: [{ name: 'practices', by: '敖登', at: now }] },
  waiting: [],
  versions: [],
  undoUntil: null,
  reporter: true,
  receiver: false,
};
const firstVersion: ReportVersionView = {
  ...{ number: 1, by: '敖登', at: now, late: false, corrects: null, reason: '' },
  ...{ ending: null, endedBy: '', endedAt: null, returnReason: '', differences: [] },
};
const changed = [
  { label: '登记', before: '128件', after: '129件' },
  { label: '下步打算', before: '（空）', after: texts.plans },
];
const corrected: ReportInFull = {
  ...inFull,
  submitted: { by: '敖登', at: now, late: false },
  ledgerEntry: report.ledgerEntry,
  version: 2,
  waiting: changed,
  versions: [
    { ...firstVersion, number: 2, corrects: 1, reason: '漏了一件补登的', at: now + days, differences: changed },
    firstVersion,
  ],
  undoUntil: now,
};
const draft: ReportDraftView = {
  ...{ townId: 2, townName: '大雁镇', month: '2026-11', monthName: '2026年11月' },
  texts,
  seen: `m${'0'.repeat(12)}`.repeat(3),
  saved: [{ name: 'practices', by: '敖登', at: now }],
  newer: [],
  now,
  zone,
};
const table: ReportTableView = {
  ...{ month: '2026-11', monthName: '2026年11月', dueAt: report.dueAt, lastWorkingDayNote: null, over: true, zone },
  now: report.dueAt + days,
  towns: townNames.map((town, index) => {
    const [state, daysLate] =
      index < 2
        ? (['missing', 1] as const)
        : index === 2
          ? (['returned', 1] as const)
          : (['reported', index === 3 ? 1 : 0] as const);
    const at = state === 'reported' ? report.dueAt - (index - 4) * days : null;
    return {
      townId: index + 1,
      town,
      state,
      at,
      by: at === null ? null : '敖登',
      daysLate,
      version: at === null ? null : (index % 2) + 1,
    };
  }),
};

const ordinary: readonly GalleryCard[] = [
  { name: 'report-in-full', title: '月报：草稿', card: reportInFullCard(inFull) },
  {
    name: 'report-in-full-masked',
    title: '月报：草稿里有个人信息',
    card: reportInFullCard({
      ...inFull,
      texts: { ...texts, practices: '给张**（138****0000）家送了证' },
      draft: { masked: true, saved: [] },
    }),
  },
  {
    name: 'report-in-full-nothing',
    title: '月报：没有代办件',
    card: reportInFullCard({
      ...inFull,
      nothing: true,
      parts: { ...parts, departments: [], assists: [] },
      texts: { practices: '', problems: '', plans: '' },
      draft: { masked: false, saved: [] },
    }),
  },
  { name: 'report-in-full-corrected', title: '月报：更正过', card: reportInFullCard(corrected) },
  {
    name: 'report-in-full-received',
    title: '月报：旗里看',
    card: reportInFullCard({
      ...corrected,
      reporter: false,
      receiver: true,
      draft: null,
      waiting: [],
      undoUntil: null,
    }),
  },
  { name: 'report-correction', title: '月报：更正', card: reportCorrectionCard({ ...corrected, version: 2 }) },
  { name: 'report-return', title: '月报：退回修改的表', card: reportReturnCard({ ...corrected, version: 2 }) },
  { name: 'report-versions', title: '月报：各版', card: reportVersionsCard(corrected) },
  { name: 'report-draft', title: '月报：填写文字', card: reportDraftCard(draft) },
  {
    name: 'report-draft-newer',
    title: '月报：两人同时填写',
    card: reportDraftCard({ ...draft, newer: [{ name: 'practices', words: '每周下乡一次。' }] }),
  },
  { name: 'report-table', title: '月报：各镇报送情况', card: reportTableCard(table) },
  {
    name: 'report-returned',
    title: '月报：退回修改',
    card: reportCard({
      ...report,
      returned: { by: '那日苏', at: now, reason: '存在问题写得太简单，请写清楚要旗里帮什么。' },
    }),
  },
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
    const difference = { label: text, before: text, after: text };
    const words = { practices: text.repeat(4), problems: text.repeat(4), plans: text.repeat(4) };
    const extremeParts = {
      ...parts,
      departments: many(group(11, text, 100_000)),
      staff: { ...parts.staff, withoutFullTime: many(text) },
    };
    const version = {
      ...firstVersion,
      by: text,
      endedBy: text,
      reason: text,
      ending: 'returned' as const,
      endedAt: now,
      differences: many(difference),
    };
    const later = { ...corrected, townName: text, monthName: text, waiting: many(difference), versions: many(version) };
    return [
      { name: 'report-correction', title: '月报：更正', card: reportCorrectionCard({ ...later, version: 2 }) },
      { name: 'report-return', title: '月报：退回修改的表', card: reportReturnCard({ ...later, version: 2 }) },
      { name: 'report-versions', title: '月报：各版', card: reportVersionsCard(later) },
      {
        name: 'report-in-full',
        title: '月报全文',
        card: reportInFullCard({
          ...corrected,
          ...{ townName: text, monthName: text, lastWorkingDayNote: text, ledgerEntry: text },
          parts: extremeParts,
          texts: words,
          draft: { masked: true, saved: [] },
          waiting: many(difference),
          versions: many(version),
          returned: { by: text, at: now, reason: text },
          receiver: true,
        }),
      },
      {
        name: 'report-draft',
        title: '月报：填写文字',
        card: reportDraftCard({
          ...draft,
          ...{ townName: text, monthName: text, texts: words },
          saved: (['practices', 'problems', 'plans'] as const).map((name) => ({ name, by: text, at: now })),
          newer: (['practices', 'problems', 'plans'] as const).map((name) => ({ name, words: words[name] })),
        }),
      },
      {
        name: 'report-table',
        title: '月报：各镇报送情况',
        card: reportTableCard({
          ...table,
          ...{ monthName: text, lastWorkingDayNote: text },
          towns: many({ townId: 1, town: text, state: 'reported', at: now, by: text, daysLate: 400, version: 12 }),
        }),
      },
      {
        name: 'report',
        title: '月报',
        card: reportCard({
          ...report,
          corrected: { by: text, at: now },
          returned: { by: text, at: now, reason: text },
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
