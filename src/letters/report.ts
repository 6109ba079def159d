/** 月报 of one town as a Word file: what was submitted, or the draft. */
import { clock, dayWithYear } from '../../cards/kit.ts';
import type { ReportInFull, ReportVersionView } from '../../cards/report-in-full.ts';
import { groupCells, groupColumns, type ReportLine } from '../../cards/report-lines.ts';
import { reportTextWords } from '../../cards/words.ts';
import type { Reading } from '../ctx.ts';
import { localDay } from '../domain/calendar.ts';
import { local } from '../domain/level-names.ts';
import { reportTextNames } from '../domain/report.ts';
import type { ReportGroup } from '../domain/report-figures.ts';
import type { LetterOrderOf } from '../services/message/letter-order.ts';
import { readerRights, viewReportInFull } from '../services/report/view-in-full.ts';
import { staffByIds } from '../services/stand-in/running.ts';
import { type Annex, type Block, ended, heading, paragraph, type Table } from './document.ts';
import type { NamedLetter, ReadPage } from './letter.ts';

export function reportLetter(read: ReadPage, order: LetterOrderOf<'report'>): Promise<NamedLetter> {
  return read(async (ctx) => {
    const place = { townId: order.unitId, month: order.month };
    const [staff] = await staffByIds(ctx, [order.agentId]);
    if (!staff) throw new Error(`agent ${order.agentId}, who asked for the report, does not exist`);
    const rights = await readerRights(ctx, { staff, townId: place.townId });
    const view = await viewReportInFull(ctx, { place, rights, staff });
    const draft = view.version === null;
    const several = view.versions.length > 1;
    const versionWords = draft ? '草稿，还没有报送' : `第${view.version}版`;
    return {
      fileName: `月报_${view.townName}_${view.monthName}${draft ? '_草稿' : ''}`,
      letter: {
        letterhead: null,
        title: `${view.townName}${view.monthName}\n帮办代办工作进展情况月报`,
        addressees: local`旗政务服务局`,
        body: bodyOf(view),
        annexes: [
          { title: '主要数字', body: [linesTable(view.lines)] },
          { title: '分部门、分类型情况', body: groupTables(view.parts) },
          ...(several ? [versionsAnnex(view)] : []),
        ],
        signature: { office: officeOf(view.townName), day: localDay(view.submitted?.at ?? order.askedAt, ctx.zone) },
        note: [
          versionWords,
          view.ledgerEntry === null ? '' : `台账指纹 ${view.ledgerEntry}`,
          madeBy(ctx, { by: staff.agent.name, at: order.askedAt }),
        ]
          .filter((words) => words !== '')
          .join('；'),
        type: 'standard',
      },
    };
  });
}

/** Who asked for a file and when. */
export function madeBy({ zone }: Pick<Reading, 'zone'>, { by, at }: { by: string; at: number }): string {
  return `${by} ${dayWithYear(at, zone)} ${clock(at, zone)} 生成`;
}

function officeOf(town: string): string {
  return /[镇乡]$|苏木$/.test(town) ? `${town}人民政府` : town;
}

function bodyOf(view: ReportInFull): Block[] {
  const of = (label: string) => view.lines.find((line) => line.label === label)?.value ?? '';
  const { withoutFullTime } = view.parts.staff;
  const missing = withoutFullTime.length === 0 ? '' : local`没有专职代办员的嘎查社区：${withoutFullTime.join('、')}。`;
  return [
    paragraph(`现将${view.townName}${view.monthName}帮办代办工作进展情况报告如下。`),
    heading(1, '办件情况'),
    paragraph(
      view.nothing
        ? '本月没有代办件。'
        : `本月登记代办件${of('登记')}，办结${of('办结')}，其中不予办理${of('不予办理')}；月末在办${of('在办')}，超期在办${of('超期在办')}；按时办结率${of('按时办结率')}。退回补正${of('退回补正')}，再次退回${of('再次退回')}。分部门、分类型的数字见附件2。`,
    ),
    heading(1, '群众评价'),
    paragraph(`本月回访评价${of('回访评价')}，满意率${of('满意率')}。差评${of('差评')}，已整改${of('差评已整改')}。`),
    heading(1, '队伍和场所'),
    paragraph(
      local`专职代办员${of('专职代办员')}，兼职代办员${of('兼职代办员')}；没有专职代办员的嘎查社区${of(local`没有专职代办员的嘎查社区`)}。${missing}`,
    ),
    paragraph(`七有齐备的便民服务中心${of('七有齐备的中心')}，便民服务站${of('七有齐备的服务站')}。`),
    heading(1, '方案任务'),
    paragraph(`任务完成${of('方案任务完成')}，逾期${of('方案任务逾期')}。`),
    ...textBlocks(view),
  ];
}

function textBlocks({ texts, version, reporter }: ReportInFull): Block[] {
  // It was opened again after the file was asked for.
  if (version === null && !reporter) return [paragraph('文字还没有报送。')];
  return reportTextNames.flatMap((name) => [
    heading(1, reportTextWords[name]),
    paragraph(texts[name] === '' ? '无。' : texts[name]),
  ]);
}

function linesTable(lines: readonly ReportLine[]): Table {
  return {
    kind: 'table',
    columns: [
      { header: '项目', width: 3, align: 'left' },
      { header: '数字', width: 2 },
    ],
    rows: lines.map(({ label, value }) => [label, value]),
  };
}

function groupTables({ departments, assists }: ReportInFull['parts']): Block[] {
  const table = (caption: string, groups: readonly ReportGroup[]): Block[] =>
    groups.length === 0
      ? [paragraph(`${caption}：本月没有代办件。`)]
      : [
          {
            kind: 'table',
            caption,
            columns: [
              { header: '名称', width: 3, align: 'left' },
              ...groupColumns.map((header) => ({ header, width: 1.4 })),
            ],
            rows: groups.map((group) => [group.name, ...groupCells(group)]),
          },
        ];
  return [...table('按部门', departments), ...table('按类型', assists)];
}

function versionsAnnex({ versions, zone }: ReportInFull): Annex {
  const when = (at: number) => `${dayWithYear(at, zone)} ${clock(at, zone)}`;
  const how = (version: ReportVersionView) => (version.corrects === null ? '报送' : `更正第${version.corrects}版`);
  const body = versions
    .toReversed()
    .flatMap((version): Block[] => [
      heading(2, `第${version.number}版`),
      paragraph(
        `${version.by}${when(version.at)}${how(version)}。${version.reason === '' ? '' : `更正原因：${ended(version.reason)}`}`,
      ),
      ...version.differences.map(({ label, before, after }) => paragraph(`${label}：${before} → ${after}`)),
      ...(version.endedAt === null ? [] : [paragraph(endWords(version, when(version.endedAt)))]),
    ]);
  return { title: '各版和差别', body };
}

function endWords({ endedBy, ending, returnReason }: ReportVersionView, when: string): string {
  return ending === 'undone' ? `${endedBy}${when}撤销。` : `${endedBy}${when}退回修改：${ended(returnReason)}`;
}
