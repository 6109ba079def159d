/** 政务信息排名 as an Excel file: the published table's columns, a sheet of departments and one of towns. */
import { adoptionWords } from '../../cards/words.ts';
import { adoptionKinds, halfPeriod } from '../domain/information.ts';
import { local } from '../domain/level-names.ts';
import { officeOver } from '../services/information/office.ts';
import { informationRanking, type RankedUnit } from '../services/information/ranking.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { type Column, tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import { madeBy } from './made-by.ts';
import type { ReadPage, Workbook } from './sheet.ts';

const groups = {
  get department() {
    return local`旗直部门`;
  },
  get town() {
    return local`苏木乡镇`;
  },
} as const;

export async function informationWorkbook(read: ReadPage, order: SheetOrderOf<'information'>): Promise<Workbook> {
  const { ranking, made } = await read(async (ctx) => ({
    ranking: await informationRanking(ctx, { office: await officeOver(ctx, order.bannerId), half: order.half }),
    made: await madeBy(ctx, order),
  }));
  const { label } = halfPeriod(order.half);
  const corrected = ranking.correction === null ? '' : '（更正）';
  const state = ranking.publishedAt === null ? '还没有发布' : `已发布${corrected}`;
  return {
    fileName: fileName(`政务信息采用情况_${label}${corrected}`),
    sheets: (['department', 'town'] as const).map((group) => ({
      ...tableOf(
        columns(),
        ranking.rows.filter((row) => row.group === group),
      ),
      name: groups[group],
      title: local`${label}全旗政府系统政务信息采用情况统计表（${groups[group]}）${corrected}`,
      note: `${made}；${state}。得分是各项采用次数乘以采用当天的分值之和，得分相同的名次相同。`,
    })),
  };
}

const columns = (): Column<RankedUnit>[] => [
  { header: '单位', width: 20, value: ({ name }) => name },
  { header: '报送数', width: 9, value: ({ submitted }) => submitted },
  ...adoptionKinds.flatMap((kind): Column<RankedUnit>[] => [
    { header: `${adoptionWords[kind]}次数`, width: 8, value: ({ times }) => times[kind] },
    { header: `${adoptionWords[kind]}得分`, width: 8, value: ({ points }) => points[kind] },
  ]),
  { header: '得分', width: 9, value: ({ score }) => score },
  { header: '排名', width: 8, value: ({ submitted, score, place }) => (submitted === 0 && score === 0 ? '—' : place) },
];
