import { describe, expect, it } from 'vitest';
import { readImportFile } from '../../../src/domain/import/file.ts';
import { listIn, sheet } from './support.ts';

const units = [
  ['级别', '单位名称', '上级单位'],
  ['嘎查社区', '甲嘎查', '巴彦托海镇'],
];

describe('a file is told by its header', () => {
  it('whatever stands above it, and whatever the sheet is called', () => {
    const file = listIn(sheet('Sheet1', [['2026年单位'], [null], ['填表人：高娃'], ...units]));
    expect(file.kind).toBe('units');
    expect(file.tables[0]?.rows).toEqual([
      { row: 5, cells: { level: '嘎查社区', name: '甲嘎查', parent: '巴彦托海镇' } },
    ]);
  });

  it('Annex 1 has a header of two rows, and departments that reach over several', () => {
    const file = listIn(
      sheet('附件1', [
        [
          '序号',
          '所属行业\n部门',
          '事项名称',
          null,
          '实施\n编码',
          '事项类型',
          '实施层级',
          '帮办代办\n类型（本级/延伸）',
        ],
        [null, null, '主项名称', '子项名称', null, null, null, null],
        [3, '医保部门', '登记', '变更', 'x', '公共服务', '县级', '本级帮办代办'],
      ]),
    );
    expect(file.kind).toBe('catalogue');
    expect(file.tables[0]?.labels).toMatchObject({ mainItem: '事项名称 主项名称', code: '实施编码' });
    expect(file.tables[0]?.rows[0]?.cells).toMatchObject({ mainItem: '登记', subItem: '变更', department: '医保部门' });
  });

  it('unknown, mixed, empty and too long are answers of their own', () => {
    const read = (...sheets: Parameters<typeof listIn>) => readImportFile(sheets, { rowsMax: 3 });
    expect(read(sheet('Sheet1', [['序号', '备注']]))).toEqual({ problem: 'unknown', sheets: ['Sheet1'], near: [] });
    const names = sheet('叫法', [
      ['常用叫法', '事项名称'],
      ['低保', '最低生活保障对象认定'],
    ]);
    expect(read(sheet('单位', units), names)).toEqual({
      problem: 'mixed',
      sheets: [
        { name: '单位', kind: 'units' },
        { name: '叫法', kind: 'names' },
      ],
    });
    expect(read(sheet('单位', units.slice(0, 1)))).toEqual({ problem: 'empty', kind: 'units' });
    expect(read(sheet('单位', [...units, ...units.slice(1), ...units.slice(1)]))).toEqual({
      problem: 'tooLong',
      sheet: '单位',
    });
  });

  const people = ['专职代办员姓名', '专职代办员手机号', '兼职代办员姓名', '兼职代办员手机号'];
  it.each([
    ['agents', people, ['序号', '嘎查社区', '姓名', '性别', '手机号', '专职/兼职']],
    ['agents', people.slice(2), ['嘎查社区', '专职代办员姓名', '专职代办员手机号', '业务范围']],
    ['units', ['级别'], ['单位名称', '常住人口']],
    ['catalogue', ['所属行业部门'], ['事项名称', '实施编码', '事项类型', '实施层级', '帮办代办类型']],
    ['names', ['常用叫法'], ['事项名称', '实施编码']],
    ['tasks', ['责任单位'], ['序号', '任务', '完成时限']],
    ['checks', ['检查项目'], ['说明', '启用日期']],
  ])('what looks like %s says that it lacks %j', (kind, lacking, header) => {
    const rows = [['2026年名单'], header, header.map(() => '甲')];
    expect(readImportFile([sheet('名单', rows)], { rowsMax: 9 })).toEqual({
      ...{ problem: 'unknown', sheets: ['名单'] },
      near: [{ name: '名单', kind, lacking }],
    });
  });

  it('a sheet beside a list that lacks a column of it is said, and which', () => {
    const { notes } = listIn(sheet('单位', units), sheet('二组', [['单位名称', '常住人口']]));
    expect(notes).toEqual(['“二组”表的表头缺“级别”一列，没有读。']);
  });

  it('sums and explanations below it are no rows; hidden rows are read and said, hidden sheets are not read', () => {
    const file = listIn(
      sheet('单位', [...units, ['合计', 1], ['说明：按编办的名单', null]], { hiddenRows: [1] }),
      sheet('旧的', units, { hidden: true }),
      sheet('草稿', [['随便写写']]),
    );
    expect(file.tables.map(({ rows }) => rows.length)).toEqual([1]);
    expect(file.notes).toEqual([
      '“单位”表有1行是隐藏的，也一起读了。',
      '“旧的”表是隐藏的，没有读。',
      '“草稿”表的表头看不出是什么，没有读。',
    ]);
  });
});

describe('a cell', () => {
  const cellsOf = (cell: Parameters<typeof sheet>[1][number][number]) =>
    listIn(
      sheet('单位', [
        ['级别', '单位名称', '上级单位'],
        ['村', cell, '镇'],
      ]),
    ).tables[0]?.rows[0];

  it('a number is the text that stands for it; one that has lost its digits, a date and a formula gone wrong are said', () => {
    expect(cellsOf(13800000001)?.cells['name']).toBe('13800000001');
    expect(cellsOf(1.11527270117386e30)?.problems?.['name']).toContain('后面的位数已经丢了');
    expect(cellsOf({ date: '2026-03-01' })?.problems?.['name']).toContain('这一格是日期（2026-03-01）');
    expect(cellsOf('#REF!')?.problems?.['name']).toContain('公式出错了');
  });

  it('a merged one counts in each of its rows', () => {
    const merged = sheet(
      '单位',
      [
        ['级别', '单位名称', '上级单位'],
        ['嘎查社区', '甲', '大雁镇'],
        ['嘎查社区', '乙', null],
      ],
      { merges: [{ top: 1, left: 2, bottom: 2, right: 2 }] },
    );
    expect(listIn(merged).tables[0]?.rows[1]?.cells['parent']).toBe('大雁镇');
  });
});
