/** 年度考核指标 as an Excel file: each town's indicators of a year, where each comes from, and what every agent did, in counts. */
import { agentReads } from '../../db/repositories/agent.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { local } from '../domain/level-names.ts';
import type { Work } from '../domain/workload.ts';
import { type Indicator, indicators, type TownYear, townYears, yearPeriod } from '../services/annual/figures.ts';
import { townsOf } from '../services/annual/order.ts';
import { workloadOf } from '../services/annual/workload.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { subtreeOf } from '../services/unit/tree.ts';
import { type Column, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';

interface Worker {
  readonly town: string;
  readonly unit: string;
  readonly name: string;
  readonly work: Work;
}

export async function annualWorkbook(read: ReadPage, order: SheetOrderOf<'annual'>): Promise<Workbook> {
  const { unitId, year } = order;
  const { units, place, years, made, period } = await read(async (ctx) => {
    const all = await unitReads.all(ctx.tx);
    const unit = all.find(({ id }) => id === unitId);
    const towns = unit ? townsOf(unit, all) : [];
    return {
      units: all,
      place: unit?.name ?? '',
      years: await townYears(ctx, { towns, units: all, year }),
      made: await madeBy(ctx, order),
      period: yearPeriod(ctx, year),
    };
  });
  const note = `${made}；${period.from} 至 ${period.to}`;
  const workers = await workersOf(read, { towns: years.map(({ unit }) => unit), units, period });
  const sheets = [
    {
      ...tableOf(
        indicatorColumns(years),
        indicators.map((_, index) => index),
      ),
      name: '年度指标',
      title: `${place} ${year}年考核指标`,
      note: `${note}。每项怎么算、从哪里来，见第二张表。`,
    },
    {
      ...tableOf(sourceColumns, indicators),
      name: '指标从哪里来',
      title: '指标从哪里来',
      note: '对应方案三（六）考核评估；数字都能在机器人里点开核对。',
    },
    {
      ...tableOf(workerColumns, workers),
      name: '代办员工作量',
      title: `${place} ${year}年代办员工作量`,
      note: local`${note}。按办件台账里本人做的步骤计数，撤销的不算；只有件数和天数，补贴标准由各苏木乡镇自定（方案三（三））。`,
    },
  ];
  return { fileName: fileName(`考核指标_${place}_${year}年`), sheets };
}

function indicatorColumns(years: readonly TownYear[]): Column<number>[] {
  return [
    { header: '指标', width: 26, value: (index) => indicators[index]?.label ?? null },
    ...years.map(({ unit, values }) => ({
      header: unit.name,
      // A town's file has room; beside nine others it wraps.
      width: years.length > 1 ? 17 : 42,
      wraps: true as const,
      value: (index: number) => values[index] ?? null,
    })),
  ];
}

const sourceColumns: readonly Column<Indicator>[] = [
  { header: '指标', width: 26, value: ({ label }) => label },
  { header: '怎么算', width: 70, wraps: true, value: ({ meaning }) => meaning },
  { header: '数据来源', width: 30, wraps: true, value: ({ source }) => source },
  { header: '方案依据', width: 34, wraps: true, value: ({ basis }) => basis },
];

const workerColumns: readonly Column<Worker>[] = [
  {
    get header() {
      return local`苏木乡镇`;
    },
    width: 18,
    value: ({ town }) => town,
  },
  { header: '所在单位', width: 18, value: ({ unit }) => unit },
  { header: '姓名', width: 12, value: ({ name }) => name },
  { header: '登记件数', width: 11, value: ({ work }) => work.register },
  { header: '办结件数', width: 11, value: ({ work }) => work.complete },
  { header: '送达件数', width: 11, value: ({ work }) => work.deliver },
  { header: '回访件数', width: 11, value: ({ work }) => work.followUp },
  { header: '有办件的天数', width: 14, value: ({ work }) => work.days },
];

const none: Work = { register: 0, complete: 0, deliver: 0, followUp: 0, days: 0 };

/** Everybody who works in a town or its villages, and who did something there and works there no longer. */
async function workersOf(
  read: ReadPage,
  {
    towns,
    units,
    period,
  }: { towns: readonly UnitRow[]; units: readonly UnitRow[]; period: { from: string; to: string } },
): Promise<Worker[]> {
  const agents = await read((ctx) => agentReads.all(ctx.tx));
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  const workers: Worker[] = [];
  for (const town of towns) {
    const unitIds = new Set(subtreeOf(town, units).map(({ id }) => id));
    const { people } = await workloadOf(read, { ...period, townId: town.id, unitIds });
    const staff = agents.filter(
      ({ id, status, unitId }) => people.has(id) || (status === 'active' && unitIds.has(unitId)),
    );
    for (const { id, name, unitId } of staff) {
      workers.push({ town: town.name, unit: unitNames.get(unitId) ?? '', name, work: people.get(id) ?? none });
    }
  }
  return workers;
}
