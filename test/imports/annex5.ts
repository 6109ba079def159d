/** Annex 5 as it is printed, for the tests of what is read of it. */
import type { CellValue } from 'hucre/xlsx';
import { sheetOf } from '../support/workbooks.ts';

const LINES = '帮办代办业务范围（退役军人、医保、民政、人社、住建、自然资源、林草、卫生、残联、交管等）（可自行增加）';

/** The printed table: a title, a header of two rows with merged cells, rows as given. */
export function annex5(place: '苏木\n乡镇' | '嘎查\n社区', rows: CellValue[][]) {
  const person = ['姓名', '手机号', '人员身份（在编、聘用等）'];
  const blank = [null, null];
  return sheetOf(
    place === '苏木\n乡镇' ? '苏木乡镇表' : '嘎查社区表',
    [
      [place === '苏木\n乡镇' ? '××苏木乡镇社区代办人员信息表' : '××嘎查社区代办人员信息表'],
      [
        '序号',
        place,
        '专职代办员',
        ...blank,
        LINES,
        '帮办代办事项名称',
        '兼职代办员',
        ...blank,
        LINES,
        '帮办代办事项名称',
        '合计',
      ],
      [null, null, ...person, null, null, ...person, null, null, null],
      ...rows,
      ['合计', null, null, null, null, null, null, null, null, null, null, null, rows.length],
    ],
    {
      merges: [
        { startRow: 0, endRow: 0, startCol: 0, endCol: 12 },
        { startRow: 1, endRow: 1, startCol: 2, endCol: 4 },
        { startRow: 1, endRow: 1, startCol: 7, endCol: 9 },
        ...[0, 1, 5, 6, 10, 11, 12].map((column) => ({ startRow: 1, endRow: 2, startCol: column, endCol: column })),
      ],
    },
  );
}
