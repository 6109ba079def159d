/** Empty lists to be filled in and imported: Annexes 1 and 5 of the plan as printed, and lists of our own in the same manner. */
import type { ImportKind } from '../domain/import/layout.ts';
import { local } from '../domain/level-names.ts';
import type { SheetOrderOf } from '../services/message/sheet-order.ts';
import { tableOf } from './columns.ts';
import { fileName } from './file-name.ts';
import type { ReadPage, Workbook } from './sheet.ts';
import type { Sheet } from './xlsx/workbook.ts';

/** Headers with their widths, and the groups of a header of two rows. */
type Template = Pick<Sheet, 'name' | 'title' | 'note' | 'groups'> & {
  readonly headers: readonly (readonly [header: string, width: number])[];
};

const BUSINESS =
  '帮办代办业务范围（退役军人、医保、民政、人社、住建、自然资源、林草、卫生、残联、交管等）（可自行增加）';

const person = [
  ['姓名', 12],
  ['手机号', 14],
  ['人员身份（在编、聘用等）', 14],
] as const;

const work = [
  [BUSINESS, 30],
  ['帮办代办事项名称', 24],
] as const;

function annex5({ place, title, note }: { place: string; title: string; note: string }): Template {
  return {
    name: place,
    title,
    note,
    groups: [
      { header: '专职代办员', from: 2, to: 4 },
      { header: '兼职代办员', from: 7, to: 9 },
    ],
    headers: [['序号', 6], [place, 18], ...person, ...work, ...person, ...work, ['合计', 8]],
  };
}

const templates: Readonly<Record<ImportKind, () => readonly Template[]>> = {
  units: () => [
    {
      name: '单位',
      title: '单位名单',
      note: local`级别填：旗县、旗直部门、苏木乡镇、嘎查社区、服务点（银行、邮政网点等）。嘎查社区的上级单位填所属苏木乡镇，服务点填所属苏木乡镇或嘎查社区，别的可以留空。乡镇编号是代办件编号的中间两位，留空就自动编。原名称只在改名的时候填。常住人口用于季度通报的办件量，不知道就留空。蒙古文名称印在打印的单子上，没有就留空。`,
      headers: [
        ['级别', 12],
        ['单位名称', 24],
        ['上级单位', 24],
        ['服务场所名称', 32],
        [local`乡镇编号`, 10],
        ['原名称', 24],
        ['常住人口', 12],
        ['蒙古文名称', 28],
      ],
    },
  ],
  agents: () => [
    annex5({
      place: local`苏木乡镇`,
      title: local`××苏木乡镇社区代办人员信息表`,
      note: local`方案附件5。一行可以同时填一位专职、一位兼职；同一个苏木乡镇有几位，就填几行。`,
    }),
    annex5({
      place: local`嘎查社区`,
      title: local`××嘎查社区代办人员信息表`,
      note: local`方案附件5。不同苏木乡镇有同名的嘎查社区时，请在旁边加一列“所属苏木乡镇”。`,
    }),
  ],
  catalogue: () => [
    {
      name: '事项清单',
      title: local`苏木乡镇（街道）帮办代办政务服务事项基础清单`,
      note: '方案附件1、附件2。实施编码31位或33位，单元格请先设成“文本”。实施层级有几个就都写上，用顿号隔开。承诺时限（工作日）、所需材料（一行一样，或用分号隔开）可以留空，留空就照现在的。',
      groups: [{ header: '事项名称', from: 2, to: 3 }],
      headers: [
        ['序号', 6],
        ['所属行业部门', 18],
        ['主项名称', 30],
        ['子项名称', 30],
        ['实施编码', 38],
        ['事项类型', 12],
        ['实施层级', 26],
        ['帮办代办类型（本级帮办代办/延伸帮办代办）', 18],
        ['承诺时限', 10],
        ['所需材料', 40],
      ],
    },
  ],
  tasks: () => [
    {
      name: '方案任务',
      title: '主要任务及责任单位',
      note: local`责任单位写方案里的叫法，用顿号隔开：旗政务服务局、旗直相关部门、苏木乡镇，也可以写具体单位；和别的任务一样的，写“同第3项”。完成时限写 2026-12-31 或 2026年12月底前；完成后还要一直做的，“持续推进”填“是”。`,
      headers: [
        ['序号', 8],
        ['任务', 48],
        ['责任单位', 40],
        ['完成时限', 16],
        ['持续推进', 10],
      ],
    },
  ],
  checks: () => [
    {
      name: '检查项目',
      title: '七有',
      note: '上面一行“七有”是这张清单的名称，可以改。这份清单从启用日期起全部代替原来的；名称没变的项目，原来的结果接着用。启用日期只填第一行，不填就从导入当天起。',
      headers: [
        ['检查项目', 24],
        ['说明', 60],
        ['启用日期', 14],
      ],
    },
  ],
  names: () => [
    {
      name: '常用叫法',
      title: '事项的常用叫法',
      note: '群众平时怎么叫，就怎么填，几个叫法用顿号隔开。事项名称和清单一致；填了实施编码，就按编码认。',
      headers: [
        ['常用叫法', 30],
        ['事项名称', 40],
        ['实施编码', 38],
      ],
    },
  ],
};

const fileNames: Readonly<Record<ImportKind, string>> = {
  units: '导入_1_单位',
  agents: '导入_2_代办人员',
  catalogue: '导入_3_事项清单',
  names: '导入_4_常用叫法',
  tasks: '导入_5_方案任务',
  checks: '导入_6_检查项目',
};

export async function importTemplateWorkbook(
  _read: ReadPage,
  { kind }: SheetOrderOf<'importTemplate'>,
): Promise<Workbook> {
  const sheets = templates[kind]().map(({ headers, ...frame }) => ({
    ...frame,
    ...tableOf(
      headers.map(([header, width]) => ({ header, width, value: () => null })),
      [],
    ),
  }));
  return { fileName: fileName(fileNames[kind]), sheets };
}
