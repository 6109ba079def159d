/** 全旗月报 as a Word file: who reported, the sums of what was submitted, and every town's texts. */
import { reportLines } from '../../cards/report-lines.ts';
import { reportTextWords } from '../../cards/words.ts';
import type { Reading } from '../ctx.ts';
import { localDay } from '../domain/calendar.ts';
import { addFigures, type Figures } from '../domain/figures.ts';
import { local } from '../domain/level-names.ts';
import { monthPeriod } from '../domain/period.ts';
import { reportTextNames } from '../domain/report.ts';
import type { LetterOrderOf } from '../services/message/letter-order.ts';
import { receivedTowns, type TownReport, townReports } from '../services/report/banner.ts';
import { fixedFigures } from '../services/report/differences.ts';
import { type VersionOpener, versionOpener } from '../services/report/texts.ts';
import { staffByIds } from '../services/stand-in/running.ts';
import { type Block, denominatorBelow, heading, paragraph, type Table, writtenDay } from './document.ts';
import type { NamedLetter, ReadPage } from './letter.ts';
import { madeBy } from './report.ts';

export function reportsLetter(read: ReadPage, order: LetterOrderOf<'reports'>): Promise<NamedLetter> {
  return read(async (ctx) => {
    const [staff] = await staffByIds(ctx, [order.agentId]);
    if (!staff) throw new Error(`agent ${order.agentId}, who asked for the reports, does not exist`);
    const towns = await receivedTowns(ctx, staff);
    const reports = await townReports(ctx, { towns, month: order.month });
    const { label } = monthPeriod(order.month);
    return {
      fileName: local`月报_${label}_各镇`,
      letter: {
        letterhead: null,
        title: local`各苏木乡镇${label}\n帮办代办工作进展情况`,
        addressees: null,
        body: bodyOf(reports),
        annexes: [
          { title: local`各镇报送情况和主要数字`, body: [townsTable(ctx, reports)], landscape: true },
          { title: local`各镇主要做法、存在问题、下步打算`, body: textBlocks(await versionOpener(ctx), reports) },
        ],
        signature: null,
        note: madeBy(ctx, { by: staff.agent.name, at: order.askedAt }),
        type: 'standard',
      },
    };
  });
}

function bodyOf(reports: readonly TownReport[]): Block[] {
  const names = (state: TownReport['state']) =>
    reports.filter((one) => one.state === state).map(({ town }) => town.name);
  const late = reports.filter(({ state, daysLate }) => state === 'reported' && daysLate > 0);
  const open = [...names('missing'), ...names('returned').map((name) => `${name}（已退回，等重新报送）`)];
  const whole = addFigures(reports.flatMap(({ version }) => (version ? [fixedFigures(version)] : [])));
  return [
    heading(1, '报送情况'),
    paragraph(
      `应报送${reports.length}个，已报送${names('reported').length}个${late.length === 0 ? '' : `，其中逾期${late.length}个（${late.map(({ town, daysLate }) => `${town.name}晚${daysLate}天`).join('、')}）`}。${open.length === 0 ? '' : `未报送：${open.join('、')}。`}`,
    ),
    heading(1, local`已报送各镇合计`),
    paragraph(sumWords(whole)),
    paragraph(local`各镇的数字见附件1，主要做法、存在问题和下步打算见附件2。`),
  ];
}

function sumWords(whole: Figures): string {
  const { registered, completed, open, overdue, returned, returnedAgain, rated, ratedSatisfied } = whole;
  const share = (part: number, all: number) => (all === 0 ? '暂无' : `${((100 * part) / all).toFixed(1)}%（${all}件）`);
  return `登记代办件${registered}件，办结${completed}件，按时办结率${share(whole.completedOnTime, completed + overdue)}；月末在办${open}件，超期在办${overdue}件；退回补正${returned}次，再次退回${returnedAgain}次；回访评价${rated}件，满意率${share(ratedSatisfied, rated)}。`;
}

/** What is told of each town; as in `reportLines`. */
const columns = [
  ['登记', '登记'],
  ['办结', '办结'],
  ['按时办结率', '按时办结率'],
  ['在办', '在办'],
  ['超期在办', '超期'],
  ['再次退回', '再次退回'],
  ['满意率', '满意率'],
  ['差评', '差评'],
  ['专职代办员', '专职'],
  ['兼职代办员', '兼职'],
] as const;

function townsTable({ zone }: Reading, reports: readonly TownReport[]): Table {
  return {
    kind: 'table',
    columns: [
      { header: local`苏木乡镇`, width: 3, align: 'left' },
      { header: '报送', width: 2.4 },
      ...columns.map(([label, header]) => ({ header, width: label.endsWith('率') ? 2.2 : 1.3 })),
    ],
    rows: reports.map((report) => {
      const { town, version } = report;
      const lines = version ? reportLines(fixedFigures(version), version.parts) : [];
      const value = (label: string) => lines.find((line) => line.label === label)?.value ?? '—';
      return [town.name, stateWords(report, zone), ...columns.map(([label]) => denominatorBelow(value(label)))];
    }),
  };
}

function stateWords({ state, at, daysLate }: TownReport, zone: string): string {
  const late = daysLate === 0 ? '' : `，晚${daysLate}天`;
  if (at !== null) return `${writtenDay(localDay(at, zone)).slice(5)}${late}`;
  return state === 'returned' ? '已退回' : '未报送';
}

function textBlocks(opener: VersionOpener, reports: readonly TownReport[]): Block[] {
  const written = reports.flatMap(({ town, version }) => (version ? [{ town, texts: opener.texts(version) }] : []));
  if (written.length === 0) return [paragraph(local`还没有镇报送。`)];
  return written.flatMap(({ town, texts }) => [
    heading(1, town.name),
    ...reportTextNames.map((name) =>
      paragraph(`${reportTextWords[name]}：${texts[name] === '' ? '无。' : texts[name]}`),
    ),
  ]);
}
