/** A town's indicators of a year for 绩效考核 (方案三（六）), each with where it comes from. */
import { type FigureName, figureSpecs, figureText } from '../../../cards/figures.ts';
import { type ReportRow, reportReads } from '../../../db/repositories/report.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { local } from '../../domain/level-names.ts';
import { reportDeadline } from '../../domain/report.ts';
import { coverageOf } from '../../domain/roster.ts';
import { readinessSummary } from '../readiness/summary.ts';
import { askedFor } from '../report/asked.ts';
import { rosterOf } from '../roster/view.ts';
import { localDays } from '../setting/calendar.ts';
import { settingOf } from '../settings.ts';
import { figuresByUnit } from '../stats/whole-figures.ts';
import { taskSummary } from '../task/summary.ts';

export interface Indicator {
  readonly label: string;
  /** How it is counted. */
  readonly meaning: string;
  /** What it is read from. */
  readonly source: string;
  /** Where the plan asks for it. */
  readonly basis: string;
}

/** One town, its value of each indicator in the same order. */
export interface TownYear {
  readonly unit: UnitRow;
  readonly values: readonly string[];
}

const told = [
  'registered',
  'completed',
  'onTime',
  'open',
  'overdue',
  'returned',
  'refused',
  'terminated',
  'satisfied',
] as const satisfies readonly FigureName[];

const bases: Partial<Record<FigureName, string>> = {
  onTime: '方案二（五）第12项：限时办结',
  returned: '方案二（五）第12项：一次性告知',
  satisfied: '方案三（六）：评价机制',
};

const others: readonly Indicator[] = [
  {
    label: '月报',
    meaning:
      '本年各月的月报里，已到期的按时、迟报、没报各几个月；没报的是16日列为未报送、或退回后没有再报的，启用以前的不算；当月15日前报送上月的算按时。',
    source: '月报的报送记录',
    basis: '方案三（四）：每月15日前报送',
  },
  {
    label: '代办员',
    get meaning() {
      return local`期末在岗的专职、兼职代办员人数，连同所辖嘎查社区。`;
    },
    source: '名册（台账里的人员变动）',
    basis: '方案二（三）第7项',
  },
  {
    get label() {
      return local`没有专职代办员的嘎查社区`;
    },
    get meaning() {
      return local`期末没有一位专职代办员的嘎查社区，几个，共几个。`;
    },
    source: '名册（台账里的人员变动）',
    basis: '方案二（三）第7项：至少确定1—2名',
  },
  {
    label: '便民服务中心（站）齐全',
    meaning: '期末检查项目（七有）全部有的中心和站，几个，共几个；没有填过的按没有算。',
    source: '/七有 的检查结果',
    basis: '方案二（四）第10项',
  },
  {
    label: '方案任务',
    meaning: '期末已完成、正常、快到期、逾期各几项；过了完成时限没有完成的算逾期。',
    source: '/任务 的进展（专项工作台账）',
    basis: '方案二、三（五）',
  },
];

export const indicators: readonly Indicator[] = [
  ...told.map((name) => ({
    label: figureSpecs[name].label,
    meaning: figureSpecs[name].meaning,
    source: '统计（办件台账逐步累计）',
    basis: bases[name] ?? '方案三（六）：绩效考核',
  })),
  ...others,
];

/** The stretch of a year that has passed. @param year e.g. 2026 */
export function yearPeriod(ctx: Pick<Reading, 'now' | 'zone'>, year: number): { from: string; to: string } {
  const [to = ''] = [`${year}-12-31`, today(ctx)].sort();
  return { from: `${year}-01-01`, to };
}

/** Each town's values, in the order of `indicators`. */
export async function townYears(
  ctx: Reading,
  { towns, units, year }: { towns: readonly UnitRow[]; units: readonly UnitRow[]; year: number },
): Promise<TownYear[]> {
  const period = yearPeriod(ctx, year);
  const figures = await figuresByUnit(ctx, { unitIds: towns.map(({ id }) => id), period, units });
  const reports = await dueReports(ctx, year);
  const years: TownYear[] = [];
  for (const unit of towns) {
    const own = figures.get(unit.id);
    const asked = { unitId: unit.id, on: period.to };
    const roster = coverageOf(await rosterOf(ctx, { unitId: unit.id, day: period.to, units }));
    const { centers, stations } = await readinessSummary(ctx, asked);
    const tasks = await taskSummary(ctx, asked);
    const due = reports.filter(({ townId }) => townId === unit.id);
    const submitted = due.filter(({ submittedAt }) => submittedAt !== null);
    const late = submitted.filter((report) => report.late === true).length;
    const values = [
      ...told.map((name) => (own ? figureText(name, own) : '')),
      `按时${submitted.length - late}，迟报${late}，没报${due.length - submitted.length}（共${due.length}个月）`,
      `专职${roster.fullTime}人，兼职${roster.partTime}人`,
      `${roster.withoutFullTime.length}个，共${roster.villages}个`,
      `中心${centers.ready}/${centers.total}，站${stations.ready}/${stations.total}`,
      `已完成${tasks.done}，正常${tasks.onTrack}，快到期${tasks.atRisk}，逾期${tasks.late}（共${tasks.total}项）`,
    ];
    years.push({ unit, values });
  }
  return years;
}

/** The reports on months of the year that count: those that have come, and those that were asked for and whose last day is over. */
async function dueReports(ctx: Reading, year: number): Promise<ReportRow[]> {
  const days = await localDays(ctx);
  const rule = { includes15th: await settingOf(ctx, 'reportIncludes15th') };
  const ofYear = (await reportReads.all(ctx.tx)).filter(({ month }) => month.startsWith(`${year}-`));
  const asked = await askedFor(ctx, ofYear);
  return asked.filter(
    ({ month, submittedAt }) => submittedAt !== null || ctx.now > reportDeadline(month, days, rule).dueAt,
  );
}
