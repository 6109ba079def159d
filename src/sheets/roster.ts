/** 名册 as an Excel file: Annex 5 of the plan as printed, its table of towns and its table of villages. */
import { unitReads } from '../../db/repositories/unit.ts';
import { local } from '../domain/level-names.ts';
import { dayPeriod } from '../domain/period.ts';
import { type RosterPerson, type RosterRow, type RosterUnit, rosterRows } from '../domain/roster.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { rosterOf } from '../services/roster/view.ts';
import { type Column, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';
import type { Sheet } from './xlsx/workbook.ts';

const tables = {
  town: {
    get name() {
      return local`苏木乡镇`;
    },
    get title() {
      return local`苏木乡镇社区代办人员信息表`;
    },
  },
  village: {
    get name() {
      return local`嘎查社区`;
    },
    get title() {
      return local`嘎查社区代办人员信息表`;
    },
  },
} as const;

const BUSINESS =
  '帮办代办业务范围（退役军人、医保、民政、人社、住建、自然资源、林草、卫生、残联、交管等）（可自行增加）';

export async function rosterWorkbook(read: ReadPage, order: SheetOrderOf<'roster'>): Promise<Workbook> {
  const { unitId, day } = order;
  const { units, place, made } = await read(async (ctx) => ({
    units: await rosterOf(ctx, { unitId, day }),
    place: (await unitReads.byId(ctx.tx, unitId))?.name ?? '',
    made: await madeBy(ctx, order),
  }));
  const { label } = dayPeriod(day);
  const note = `${made}；${label}在岗和名单里的人员，已离岗的不列手机号；姓名、手机号和业务范围按现在的登记。含工作人员手机号，请勿外传。`;
  const sheets = (['town', 'village'] as const).flatMap((level) => {
    const listed = units.filter((unit) => unit.level === level);
    return listed.length === 0 ? [] : [annex5(listed, { level, place, note })];
  });
  return { fileName: fileName(`名册_${place}_${label}`), sheets };
}

function annex5(
  units: readonly RosterUnit[],
  frame: { level: RosterUnit['level']; place: string; note: string },
): Sheet {
  const { name, title } = tables[frame.level];
  return {
    ...tableOf(columnsOf(units, name), rosterRows(units)),
    name,
    title: `${frame.place} ${title}`,
    note: frame.note,
    groups: [
      { header: '专职代办员', from: 2, to: 4 },
      { header: '兼职代办员', from: 7, to: 9 },
    ],
  };
}

function columnsOf(units: readonly RosterUnit[], placeHeader: string): Column<RosterRow>[] {
  return [
    { header: '序号', width: 6, value: ({ number }) => number },
    { header: placeHeader, width: 18, value: ({ unit }) => unit.name },
    ...personColumns(({ fullTime }) => fullTime),
    ...personColumns(({ partTime }) => partTime),
    { header: '合计', width: 8, value: ({ total }) => total },
    // The annex has no column for it, and villages of two towns may have one name.
    ...(new Set(units.map(({ name }) => name)).size < units.length
      ? [{ header: local`所属苏木乡镇`, width: 18, value: ({ unit }: RosterRow) => unit.town }]
      : []),
  ];
}

/** 人员身份, 业务范围 and 事项 as the imported list has them; where it has none they are left to be filled in by hand. */
function personColumns(of: (row: RosterRow) => RosterPerson | undefined): Column<RosterRow>[] {
  return [
    { header: '姓名', width: 12, value: (row) => of(row)?.name ?? null },
    { header: '手机号', width: 14, value: (row) => of(row)?.phone ?? null },
    { header: '人员身份（在编、聘用等）', width: 14, value: (row) => of(row)?.identity || null },
    { header: BUSINESS, width: 30, value: (row) => of(row)?.lines.join('、') || null },
    { header: '帮办代办事项名称', width: 24, value: (row) => of(row)?.items.join('、') || null },
  ];
}
