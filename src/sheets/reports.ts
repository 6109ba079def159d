/** The monthly reports of a banner's towns as an Excel file: who reported when, what was submitted, and what was corrected. */
import { reportDifferences } from '../../cards/report-lines.ts';
import { reportTextWords } from '../../cards/words.ts';
import { type ReportVersionRow, reportReads } from '../../db/repositories/report.ts';
import type { Reading } from '../ctx.ts';
import type { Figures } from '../domain/figures.ts';
import { local } from '../domain/level-names.ts';
import { dayPeriod, monthPeriod } from '../domain/period.ts';
import { reportTextNames } from '../domain/report.ts';
import type { ReportGroup } from '../domain/report-figures.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { receivedTowns, type TownReport, townReports } from '../services/report/banner.ts';
import { fixedFigures } from '../services/report/differences.ts';
import { type VersionOpener, type VersionTexts, versionOpener } from '../services/report/texts.ts';
import { deadlineOf, names } from '../services/report/view.ts';
import { staffByIds } from '../services/stand-in/running.ts';
import { type Column, moment, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';
import type { Cell } from './xlsx/cell.ts';

export async function reportsWorkbook(read: ReadPage, order: SheetOrderOf<'reports'>): Promise<Workbook> {
  const { month } = order;
  const { label } = monthPeriod(month);
  return read(async (ctx) => {
    const [staff] = await staffByIds(ctx, [order.agentId]);
    const towns = staff ? await receivedTowns(ctx, staff) : [];
    const reports = await townReports(ctx, { towns, month });
    const opener = await versionOpener(ctx);
    const rows = reports.map((report) => rowOf(opener, report));
    const { lastDay } = await deadlineOf(ctx, month);
    const note = `${await madeBy(ctx, order)}；时限 ${dayPeriod(lastDay).label}（含当日）；数字是报送时的，没有报送的不列。`;
    const title = `${label}工作进展月报`;
    return {
      fileName: fileName(`月报_${label}`),
      sheets: [
        { ...tableOf(reportColumns(), rows), name: '报送情况', title, note },
        { ...tableOf(staffColumns(), rows), name: '队伍、七有和任务', title, note },
        { ...tableOf(textColumns(), rows), name: '做法、问题和打算', title, note },
        { ...tableOf(groupColumns, groupRows(reports)), name: '按部门和类型', title, note },
        { ...tableOf(changeColumns, await changeRows(ctx, reports)), name: '更正和退回', title, note },
      ],
    };
  });
}

interface Row {
  readonly report: TownReport;
  readonly figures: Figures | null;
  readonly texts: VersionTexts | null;
}

function rowOf(opener: VersionOpener, report: TownReport): Row {
  const { version } = report;
  return {
    report,
    figures: version ? fixedFigures(version) : null,
    texts: version ? opener.texts(version) : null,
  };
}

const stateWords = { reported: '已报送', returned: '已退回，等重新报送', missing: '未报送' } as const;

function count(header: string, of: (figures: Figures) => number): Column<Row> {
  return { header, width: 7, value: ({ figures }) => (figures ? of(figures) : null) };
}

function part(header: string, of: (version: ReportVersionRow) => Cell, width = 12): Column<Row> {
  return { header, width, value: ({ report }) => (report.version ? of(report.version) : null) };
}

const town = (): Column<Row> => ({ header: local`苏木乡镇`, width: 16, value: ({ report }) => report.town.name });

/** A sheet for each thing that is read together, none wider than a printed page. */
const reportColumns = (): readonly Column<Row>[] => [
  town(),
  { header: '状态', width: 10, wraps: true, value: ({ report }) => stateWords[report.state] },
  { header: '报送时间', width: 17, value: ({ report }) => moment(report.at) },
  { header: '报送人', width: 9, value: ({ report }) => report.by },
  { header: '晚几天', width: 7, value: ({ report }) => report.daysLate },
  part('版本', ({ number }) => number, 6),
  count('登记', ({ registered }) => registered),
  count('办结', ({ completed }) => completed),
  count('按时办结', ({ completedOnTime }) => completedOnTime),
  count('在办', ({ open }) => open),
  count('超期在办', ({ overdue }) => overdue),
  {
    header: '按时办结率',
    width: 9,
    value: ({ figures }) => percent(figures?.completedOnTime, figures && figures.completed + figures.overdue),
  },
  count('退回补正', ({ returned }) => returned),
  count('再次退回', ({ returnedAgain }) => returnedAgain),
  count('不予办理', ({ refused }) => refused),
  count('终止', ({ terminated }) => terminated),
  count('回访评价', ({ rated }) => rated),
  { header: '满意率', width: 9, value: ({ figures }) => percent(figures?.ratedSatisfied, figures?.rated) },
  part('差评', ({ parts }) => parts.bad.rated, 7),
  part('差评已整改', ({ parts }) => parts.bad.rectified, 8),
];

const staffColumns = (): readonly Column<Row>[] => [
  town(),
  part('专职代办员', ({ parts }) => parts.staff.fullTime),
  part('兼职代办员', ({ parts }) => parts.staff.partTime),
  part(local`嘎查社区`, ({ parts }) => parts.staff.villages),
  {
    ...part(local`没有专职代办员的嘎查社区`, ({ parts }) => parts.staff.withoutFullTime.join('、'), 40),
    wraps: true,
  },
  part('七有齐备的中心', ({ parts }) => parts.readiness.centers.ready),
  part('中心', ({ parts }) => parts.readiness.centers.total, 8),
  part('七有齐备的服务站', ({ parts }) => parts.readiness.stations.ready),
  part('服务站', ({ parts }) => parts.readiness.stations.total, 8),
  part('方案任务', ({ parts }) => parts.tasks.total),
  part('任务完成', ({ parts }) => parts.tasks.done),
  part('任务逾期', ({ parts }) => parts.tasks.late),
];

const textColumns = (): readonly Column<Row>[] => [
  town(),
  ...reportTextNames.map(
    (name): Column<Row> => ({
      header: reportTextWords[name],
      width: 44,
      wraps: true,
      value: ({ texts }) => texts?.[name] || null,
    }),
  ),
];

function percent(part: number | undefined, whole: number | null | undefined): Cell {
  return part === undefined || !whole ? null : { number: part / whole, format: 'percent' };
}

interface GroupRow {
  readonly town: string;
  readonly of: string;
  readonly group: ReportGroup;
}

function groupRows(reports: readonly TownReport[]): GroupRow[] {
  return reports.flatMap(({ town, version }) => [
    ...(version?.parts.departments ?? []).map((group) => ({ town: town.name, of: '部门', group })),
    ...(version?.parts.assists ?? []).map((group) => ({ town: town.name, of: '类型', group })),
  ]);
}

const groupColumns: readonly Column<GroupRow>[] = [
  {
    get header() {
      return local`苏木乡镇`;
    },
    width: 18,
    value: ({ town }) => town,
  },
  { header: '按', width: 8, value: ({ of }) => of },
  { header: '名称', width: 22, value: ({ group }) => group.name },
  { header: '登记', width: 10, value: ({ group }) => group.registered },
  { header: '办结', width: 10, value: ({ group }) => group.completed },
  { header: '按时办结', width: 10, value: ({ group }) => group.completedOnTime },
  { header: '在办', width: 10, value: ({ group }) => group.open },
  { header: '超期在办', width: 10, value: ({ group }) => group.overdue },
  { header: '再次退回', width: 10, value: ({ group }) => group.returnedAgain },
];

interface ChangeRow {
  readonly town: string;
  readonly number: number;
  readonly at: number;
  readonly by: string;
  readonly what: string;
  readonly difference: string;
}

const changeColumns: readonly Column<ChangeRow>[] = [
  {
    get header() {
      return local`苏木乡镇`;
    },
    width: 18,
    value: ({ town }) => town,
  },
  { header: '版本', width: 8, value: ({ number }) => number },
  { header: '时间', width: 18, value: ({ at }) => moment(at) },
  { header: '谁', width: 10, value: ({ by }) => by },
  { header: '报送、更正、退回', width: 16, value: ({ what }) => what },
  { header: '和前一版的差别', width: 60, wraps: true, value: ({ difference }) => difference },
];

/** Every version of the reports that have several, and how it ended, in order. */
async function changeRows(ctx: Reading, reports: readonly TownReport[]): Promise<ChangeRow[]> {
  const rows: ChangeRow[] = [];
  for (const { town, report } of reports) {
    const versions = report ? (await reportReads.versions(ctx.tx, report.id)).toReversed() : [];
    const nameOf = await names(
      ctx,
      versions.flatMap(({ submittedBy, endedBy }) => [submittedBy, endedBy]),
    );
    for (const [index, version] of versions.entries()) {
      const { number, submittedAt, submittedBy, corrects, ending, endedAt, endedBy } = version;
      const at = { town: town.name, number };
      const before = versions[index - 1];
      const difference = before ? differenceWords(before, version) : '';
      rows.push({
        ...at,
        at: submittedAt,
        by: nameOf(submittedBy),
        what: corrects === null ? '报送' : '更正',
        difference,
      });
      if (ending === null || endedAt === null) continue;
      const what = ending === 'undone' ? '撤销' : '退回修改';
      rows.push({ ...at, at: endedAt, by: nameOf(endedBy), what, difference: '' });
    }
  }
  return rows;
}

function differenceWords(before: ReportVersionRow, after: ReportVersionRow): string {
  const counted = (version: ReportVersionRow) => ({ figures: fixedFigures(version), parts: version.parts });
  const found = reportDifferences(counted(before), counted(after));
  return found.map(({ label, before: was, after: is }) => `${label}：${was} → ${is}`).join('；');
}
