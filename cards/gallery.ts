/** Every card in every meaningful state, with ordinary and with extreme data: read by the tests and by the sandbox's gallery page. */
import { applicationCard, joinCard, meCard } from './agent.ts';
import type { Card } from './card.ts';
import { caseGallery } from './gallery-cases.ts';
import { days, extremes, now, sampleItem, textChoices, townNames, unitChoices, zone } from './gallery-samples.ts';
import { extremeSheets, sheetGallery } from './gallery-sheets.ts';
import { extremeStats, statsGallery } from './gallery-stats.ts';
import { greetingCard, helpCard, unknownCard } from './help.ts';
import { itemCard, itemListCard, itemOverviewCard } from './item.ts';
import { noticeCard } from './notice.ts';
import { overdueCard, reportCard } from './report.ts';
import { bindCard, boundCard } from './unit.ts';

export interface GalleryCard {
  /** Unique, for addresses: `case-returned-registrar`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly card: Card;
}

const me = {
  name: '敖登',
  unit: '安门社区',
  center: '安门社区便民服务站',
  role: 'agent',
  employment: 'fullTime',
  duties: ['受理群众委托，一次告知所需材料', '代跑代办，办好送上门', '按月报送工作进展'],
  month: { registered: 12, completed: 9, open: 3 },
  monthName: '11月',
} as const;

const application = {
  agentId: 5,
  name: '李娜',
  phone: '13900005678',
  unit: '瑟宾社区',
  employment: 'partTime',
  appliedAt: now,
  zone,
  mayGrant: ['agent'],
  status: 'pending',
  decidedBy: null,
} as const;

const staff: readonly GalleryCard[] = [
  { name: 'me', title: '我', card: meCard(me) },
  { name: 'join', title: '申请：空白', card: joinCard({ units: unitChoices(80), values: {}, errors: {} }) },
  {
    name: 'join-errors',
    title: '申请：有错要改',
    card: joinCard({ units: unitChoices(8), values: { name: '李娜', unit: '3' }, errors: { phone: '少了1位' } }),
  },
  { name: 'application', title: '审核：乡镇管理员', card: applicationCard(application) },
  {
    name: 'application-roles',
    title: '审核：可选角色',
    card: applicationCard({ ...application, mayGrant: ['agent', 'manager', 'admin'] }),
  },
  {
    name: 'application-active',
    title: '审核：已通过',
    card: applicationCard({ ...application, status: 'active', decidedBy: '王海' }),
  },
  {
    name: 'application-rejected',
    title: '审核：未通过',
    card: applicationCard({ ...application, status: 'rejected', decidedBy: '王海' }),
  },
  {
    name: 'bind',
    title: '绑定群',
    card: bindCard({ chatName: '大雁镇代办群', units: unitChoices(20), hint: '只有管理员能绑定。' }),
  },
  {
    name: 'bound',
    title: '群已绑定',
    card: boundCard({ unit: '大雁镇', center: '大雁镇便民服务中心', boundBy: '王海' }),
  },
];

const commands = [
  {
    name: '/登记',
    usage: '/登记 [一句话]',
    summary: '登记群众的代办件',
    example: '/登记 低保 张三 13800000000',
  },
  { name: '/待办', usage: '/待办', summary: '我和本单位要办的件', example: null },
  { name: '/查', usage: '/查 编号·姓名·手机尾号', summary: '查一件到了哪一步', example: '/查 26-02-00012' },
  { name: '/统计', usage: '/统计 [时间] [单位·部门]', summary: '看数据和图表', example: '/统计 本月 大雁镇' },
] as const;
const help = { name: '敖登', role: 'agent', commands, contact: '有问题请找旗政务服务局' } as const;
const manyCommands = Array.from({ length: 22 }, () => commands[0]);

const assistance: readonly GalleryCard[] = [
  { name: 'help', title: '帮助', card: helpCard(help) },
  { name: 'help-admin', title: '帮助：全部命令', card: helpCard({ ...help, role: 'admin', commands: manyCommands }) },
  { name: 'help-stranger', title: '帮助：还不是代办员', card: helpCard({ ...help, name: null, role: null }) },
  { name: 'greeting', title: '问候', card: greetingCard(help) },
  { name: 'unknown', title: '没看懂：有建议', card: unknownCard({ typed: '统记', suggestion: '/统计' }) },
  { name: 'unknown-nothing', title: '没看懂：没有建议', card: unknownCard({ typed: '你好', suggestion: null }) },
  { name: 'item', title: '事项：一项', card: itemCard(sampleItem) },
  { name: 'item-no-materials', title: '事项：没有材料清单', card: itemCard({ ...sampleItem, materials: [] }) },
  {
    name: 'item-list',
    title: '事项：多项',
    card: itemListCard({ query: '补贴', total: 14, rows: Array.from({ length: 10 }, () => sampleItem) }),
  },
  { name: 'item-none', title: '事项：没找到', card: itemListCard({ query: '护照', total: 0, rows: [] }) },
  {
    name: 'item-overview',
    title: '事项：各部门',
    card: itemOverviewCard({
      departments: [
        { name: '民政部门', count: 9 },
        { name: '医保部门', count: 12 },
      ],
      total: 21,
    }),
  },
  ...(['info', 'success', 'warning', 'error'] as const).map((tone) => ({
    name: `notice-${tone}`,
    title: `通知：${tone}`,
    card: noticeCard({ tone, title: '催办提醒', lines: ['26-02-00012 明天到期，请抓紧办理。'] }),
  })),
];

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
  dueDay: '12月15日',
  lastWorkingDayNote: null,
  figures,
  submitted: null,
  zone,
  overdue: false,
  now,
};
const reported = { by: '王海', at: now, late: false };

const management: readonly GalleryCard[] = [
  ...statsGallery,
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

const extreme: readonly GalleryCard[] = extremes.flatMap(({ name, title, text }) => {
  const many = <Row>(row: Row) => Array.from({ length: 40 }, () => row);
  const item = { ...sampleItem, code: text, name: text, department: text, materials: many(text) };
  const command = { name: text, usage: text, summary: text, example: text };
  const texts = { name: text, phone: text, unit: text, employment: 'partTime' as const };
  const samples = {
    me: meCard({ ...me, name: text, unit: text, center: text, duties: many(text), monthName: text }),
    join: joinCard({ units: textChoices(text, 300), values: texts, errors: { ...texts, employment: text } }),
    application: applicationCard({ ...application, name: text, phone: text, unit: text, decidedBy: text }),
    bind: bindCard({ chatName: text, units: textChoices(text, 300), hint: text }),
    bound: boundCard({ unit: text, center: text, boundBy: text }),
    help: helpCard({ name: text, role: 'admin', commands: many(command), contact: text }),
    greeting: greetingCard({ name: text, role: null, commands: many({ ...command, usage: '/a' }), contact: text }),
    unknown: unknownCard({ typed: text, suggestion: text }),
    item: itemCard(item),
    'item-list': itemListCard({ query: text, total: 40, rows: many(item) }),
    'item-overview': itemOverviewCard({ departments: many({ name: text, count: 1 }), total: 40 }),
    notice: noticeCard({ tone: 'info', title: text, lines: many(text) }),
    ...extremeStats(text),
    ...extremeSheets(text),
    report: reportCard({
      ...report,
      townName: text,
      monthName: text,
      dueDay: text,
      lastWorkingDayNote: text,
      figures: many({ label: text, value: text }),
    }),
    overdue: overdueCard({
      monthName: text,
      late: many(text),
      reported: many({ town: text, at: now, late: true }),
      zone,
      now,
    }),
  };
  return Object.entries(samples).map(([noun, card]) => ({
    name: `${noun}-${name}`,
    title: `${noun}：${title}`,
    card,
  }));
});

export const gallery: readonly GalleryCard[] = [
  ...caseGallery,
  ...staff,
  ...assistance,
  ...management,
  ...sheetGallery,
  ...extreme,
];
