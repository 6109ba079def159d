/** Annex 5, Annex 1 and everyday names: what is new, changed, unchanged or wrong. */
import { describe, expect, it } from 'vitest';
import { type KnownEntry, type KnownStaff, planAgents } from '../../../src/domain/import/agents.ts';
import { type KnownItem, planCatalogue } from '../../../src/domain/import/catalogue.ts';
import { planNames } from '../../../src/domain/import/names.ts';
import { faultWords } from '../../../src/domain/import/plan.ts';
import type { TableCell } from '../../../src/domain/import/table.ts';
import { sheet, tablesIn } from './support.ts';

const units = [
  { id: 2, level: 'town', name: '巴彦托海镇', parentId: 1 },
  { id: 3, level: 'town', name: '大雁镇', parentId: 1 },
  { id: 4, level: 'village', name: '团结嘎查', parentId: 2 },
  { id: 5, level: 'village', name: '团结嘎查', parentId: 3 },
  { id: 6, level: 'village', name: '安达社区', parentId: 2 },
] as const;
const zhang: KnownEntry = {
  ...{ id: 1, unitId: 6, name: '张三', phone: '13800000001', employment: 'fullTime' as const, identity: '在编' },
  ...{ lines: [], items: [], agentId: null, active: true },
};
const known: KnownStaff = { units, roster: [zhang], agents: [] };

/** Annex 5's table of villages without merged cells, under a title. */
function annex(title: string, rows: TableCell[][], town: string[] = []) {
  const header = [
    ...town,
    '嘎查社区',
    '专职代办员姓名',
    '专职代办员手机号',
    '专职代办员人员身份',
    '业务范围',
    '事项名称',
  ];
  const all = [...header, '兼职代办员姓名', '兼职代办员手机号', '兼职代办员人员身份', '业务范围', '事项名称'];
  return tablesIn(sheet('嘎查', [[title], all, ...rows]));
}

function agentFaults(...list: Parameters<typeof annex>): string[] {
  return planAgents(annex(...list), known).faults.map(faultWords);
}

describe('Annex 5', () => {
  it('somebody known by the number is changed, whatever else differs; by the name where the number is new', () => {
    const byPhone = planAgents(annex('', [['安达社区', '张山', '138 0000 0001', '聘用']]), known);
    expect(byPhone.changes.map(({ id, differences }) => [id, differences])).toEqual([
      [1, ['姓名：张三→张山', '人员身份：在编→聘用']],
    ]);
    const byName = planAgents(annex('', [['安达社区', '张 三', '13900000009', '在编']]), known);
    expect(byName.changes.map(({ id, differences }) => [id, differences])).toEqual([
      [1, ['手机号：138****0001→139****0009']],
    ]);
    expect(planAgents(annex('', [['安达社区', '张三', '13800000001', '在编']]), known)).toMatchObject({
      changes: [],
      unchanged: 1,
      missing: [],
    });
  });

  it.each([
    ['专职代办员人员身份', 3, '在'.repeat(31), '人员身份太长，最多30个字，如：在编、聘用'],
    ['业务范围', 4, '民'.repeat(61), `“${'民'.repeat(20)}…”太长，每项最多60个字，几项用顿号隔开`],
    ['业务范围', 4, Array.from({ length: 41 }, (_, line) => `业务${line}`).join('、'), '这一格有41项，最多40项'],
    ['事项名称', 5, `低保、${'福'.repeat(61)}`, `“${'福'.repeat(20)}…”太长，每项最多60个字，几项用顿号隔开`],
  ])('what %s has too much of is blamed and not cut', (label, column, text, reason) => {
    const row = ['安达社区', '张三', '13800000001', '在编', '民政', '低保'];
    const { changes, faults, missing } = planAgents(annex('', [row.with(column, text)]), known);
    expect(faults.map(faultWords)).toEqual([`“嘎查”表第3行“${label}”：${reason}`]);
    expect([changes, missing]).toEqual([[], []]);
  });

  it('several people in one cell are told apart when there are as many numbers, and a left-out unit is the one above', () => {
    const rows = [
      ['安达社区', '李四、王五', '13800000002\n13800000003'],
      [null, '赵六', '13800000004'],
    ];
    expect(planAgents(annex('', rows), known).changes.map(({ name, values }) => [name, values.unitId])).toEqual([
      ['李四', 6],
      ['王五', 6],
      ['赵六', 6],
    ]);
    expect(agentFaults('', [['安达社区', '李四、王五', '13800000002']])).toEqual([
      '“嘎查”表第3行“专职代办员姓名”：这一格有2个姓名，手机号有1个，请一人一行',
    ]);
  });

  it('a village of a name that two towns have is told apart by the title or a column of towns, and else asked about', () => {
    const row = ['团结嘎查', '李四', '13800000002'];
    const unitOf = (...list: Parameters<typeof annex>) =>
      planAgents(annex(...list), known).changes.map(({ values }) => values.unitId);
    expect(unitOf('大雁镇嘎查社区代办人员信息表', [row])).toEqual([5]);
    expect(unitOf('', [['巴彦托海镇', ...row]], ['所属苏木乡镇'])).toEqual([4]);
    expect(agentFaults('', [row])).toEqual([
      '“嘎查”表第3行“嘎查社区”：巴彦托海镇、大雁镇都有“团结嘎查”，请加一列“所属苏木乡镇”写明是哪个',
    ]);
    expect(agentFaults('', [['大雁镇', '安达社区', '李四', '13800000002']], ['所属苏木乡镇'])).toEqual([
      '“嘎查”表第3行“嘎查社区”：“安达社区”在巴彦托海镇，不在大雁镇，请核对',
    ]);
    expect(agentFaults('', [['安大社区', '李四', '13800000002']])).toEqual([
      '“嘎查”表第3行“嘎查社区”：没有叫“安大社区”的嘎查社区，是不是“安达社区”？',
    ]);
  });

  it('a number that is none, or lost, or without a name is said', () => {
    expect(agentFaults('', [['安达社区', '李四', '1380000000']])).toEqual([
      '“嘎查”表第3行“专职代办员手机号”：少了1位，应为11位手机号，请核对',
    ]);
    expect(agentFaults('', [['安达社区', '李四', null]])).toEqual([
      '“嘎查”表第3行“专职代办员手机号”：没有填手机号；加入时要靠手机号认人',
    ]);
    expect(agentFaults('', [['安达社区', null, '13800000002']])).toEqual([
      '“嘎查”表第3行“专职代办员姓名”：填了手机号，没有填姓名',
    ]);
    expect(agentFaults('', [['安达社区', '李四', { date: '2026-01-01' }]])).toEqual([
      '“嘎查”表第3行“专职代办员手机号”：这一格是日期（2026-01-01），请把单元格格式改成“文本”，再重新填写',
    ]);
  });

  it('somebody who stands there twice is taken once, and the second row is blamed', () => {
    const row = ['安达社区', '李四', '13800000002'];
    const { changes, faults } = planAgents(annex('', [row, row]), known);
    expect(changes.map(({ name }) => name)).toEqual(['李四']);
    expect(faults.map(faultWords)).toEqual(['“嘎查”表第4行“专职代办员手机号”：和“嘎查”表第3行重复了']);
    const other = row.with(1, '王五');
    expect(planAgents(annex('', [row, row, other]), known)).toMatchObject({ changes: [], faults: [{}, {}, {}] });
  });

  it('who has joined is linked and not moved, which is said', () => {
    const agents = [{ id: 9, name: '李四', phone: '13800000002', unitId: 6 }];
    const plan = planAgents(annex('大雁镇', [['团结嘎查', '李四', '13800000002']]), { ...known, agents });
    expect(plan.changes[0]?.values).toMatchObject({ agentId: 9, unitId: 5 });
    expect(plan.notes).toEqual(['李四（现在在安达社区）已经加入，单位和名单不同。导入不会调动人，要调动请发 /调动。']);
  });

  it('who is missing is asked about only in the towns that the file tells of', () => {
    expect(planAgents(annex('', [['安达社区', '李四', '13800000002']]), known).missing).toEqual([
      { id: 1, name: '张三（安达社区）' },
    ]);
    expect(planAgents(annex('大雁镇', [['团结嘎查', '李四', '13800000002']]), known).missing).toEqual([]);
  });

  it.each<[string, TableCell[]]>([
    ['whose number is wrong', ['安达社区', '张 三', '1380000000']],
    ['whose name is left out', ['安达社区', null, '138 0000 0001']],
    ['whose unit is unknown', ['安大社区', '张三', '13800000001']],
    ['who shares a number', ['安达社区', '张三、李四', '13800000001、13800000001']],
  ])('somebody %s stands in the file all the same', (_what, row) => {
    const plan = planAgents(annex('', [row, ['安达社区', '王五', '13800000003']]), known);
    expect(plan.faults).not.toEqual([]);
    expect(plan.missing).toEqual([]);
  });
});

const CODE = '11152727011738852C5150511011F00';
const item: KnownItem = {
  ...{ id: 1, code: CODE, number: 8, department: '民政部门', departmentUnitId: 7, mainItem: '福利', subItem: '福利' },
  ...{ itemType: '行政给付', levels: ['镇级'], assistType: 'local', workingDays: 5, materials: [], active: true },
};
const departments = [{ id: 7, name: '民政部门' }];

function annex1(title: string, ...rows: TableCell[][]) {
  const header = ['序号', '所属行业部门', '主项名称', '子项名称', '实施编码', '事项类型', '实施层级', '帮办代办类型'];
  const tables = tablesIn(sheet('Sheet1', [[title], header, ...rows]));
  return planCatalogue(tables, {
    items: [item, { ...item, id: 2, code: `${CODE}01` }],
    departments,
    planned: new Map(),
  });
}

describe('Annex 1 and Annex 2', () => {
  const good = [8, '民政部门', '福利', '福利', CODE, '行政给付', '镇级', '本级\n帮办\n代办'];

  it('an item is known by its code, broken over lines or in small letters; what is not filled in stays', () => {
    const broken = CODE.toLowerCase().replace('8852', '\n8852');
    expect(annex1('', good.with(4, broken))).toMatchObject({ changes: [], unchanged: 1, faults: [] });
    expect(annex1('', good.with(6, '旗县级、苏木乡镇级')).changes.map(({ differences }) => differences)).toEqual([
      ['实施层级：镇级→县级、镇级'],
    ]);
  });

  it('what is missing is asked about, but not when the list is that of villages, which is a part', () => {
    expect(annex1('苏木乡镇事项基础清单', good).missing).toEqual([{ id: 2, name: '福利' }]);
    expect(annex1('嘎查社区事项基础清单', good).missing).toEqual([]);
  });

  it('an item whose row is wrong stands in the file all the same: by its code, else by its title', () => {
    const other = good.with(4, `${CODE}01`);
    expect(annex1('', good, other.with(6, '省部级'))).toMatchObject({ faults: [{ row: 4 }], missing: [] });
    expect(annex1('', other, good.with(4, '').with(2, '老人\n福利'))).toMatchObject({
      faults: [{ row: 4 }],
      missing: [],
    });
    expect(annex1('', other, good.with(4, '').with(3, '别的')).missing).toEqual([{ id: 1, name: '福利' }]);
  });

  it.each<[string, TableCell[], string]>([
    [
      'a code that has lost digits',
      good.with(4, 1.11527270117386e30),
      '“实施编码”：这一格存成了数字，后面的位数已经丢了，请把单元格格式改成“文本”，再重新填写',
    ],
    [
      'a code that lost them before it became text',
      good.with(4, '1.11507E+30'),
      '“实施编码”：这一格存成了数字，后面的位数已经丢了，请把单元格格式改成“文本”，再重新填写',
    ],
    [
      'a department by another word',
      good.with(1, '旗民政局'),
      '“所属行业部门”：没有叫“旗民政局”的部门，是不是“民政部门”？',
    ],
    ['a code too short', good.with(4, '123'), '“实施编码”：实施编码有3位，应是31位或33位，请核对'],
    [
      'a department nobody knows',
      good.with(1, '民证部门'),
      '“所属行业部门”：没有叫“民证部门”的部门，是不是“民政部门”？',
    ],
    [
      'a level that is none',
      good.with(6, '省部级'),
      '“实施层级”：没有“省部级”这个层级，应是自治区级、盟市级、县级、镇级、村级',
    ],
    ['no type of assistance', good.with(7, '代办'), '“帮办代办类型”：应是“本级帮办代办”或“延伸帮办代办”'],
  ])('%s is said', (_what, row, expected) => {
    expect(annex1('', row).faults.map(faultWords)).toEqual([`“Sheet1”表第3行${expected}`]);
  });
});

describe('everyday names', () => {
  const named = { ...item, commonNames: ['老人钱'] };
  const plan = (...rows: TableCell[][]) =>
    planNames(tablesIn(sheet('叫法', [['常用叫法', '事项名称', '实施编码'], ...rows])), [named]);

  it('are those of all rows of an item, and take the place of what was there', () => {
    const { changes } = plan(['高龄补贴、老年补贴', '福利'], ['寿星补贴', null, CODE]);
    expect(changes.map(({ id, values }) => [id, values.commonNames])).toEqual([
      [1, ['高龄补贴', '老年补贴', '寿星补贴']],
    ]);
    expect(plan(['老人钱', '福利'])).toMatchObject({ changes: [], unchanged: 1 });
  });

  it('a name is one item’s alone: not another row’s, not what another item goes by already', () => {
    const relief = {
      ...item,
      id: 2,
      code: `${CODE}01`,
      mainItem: '最低生活保障对象认定',
      subItem: '最低生活保障对象认定',
    };
    const header = ['常用叫法', '事项名称', '实施编码'];
    const rows = [
      ['救命钱', '福利'],
      ['救命钱、兜底钱', '最低生活保障对象认定'],
      ['低保', '福利'],
      ['低保', '最低生活保障对象认定'],
    ];
    const { changes, faults } = planNames(tablesIn(sheet('叫法', [header, ...rows])), [
      named,
      { ...relief, commonNames: null },
    ]);
    expect(faults.map(faultWords)).toEqual([
      '“叫法”表第3行“常用叫法”：“救命钱”在“叫法”表第2行已经给了“福利”，一个叫法只能给一个事项',
      '“叫法”表第4行“常用叫法”：“低保”已经是“最低生活保障对象认定”的叫法，请换一个叫法',
    ]);
    expect(changes.map(({ id, values }) => [id, values.commonNames])).toEqual([
      [1, ['救命钱']],
      [2, ['低保']],
    ]);
  });

  it('an item that a wrong row names does not lose its names', () => {
    expect(plan(['长'.repeat(21), '福利'])).toMatchObject({ faults: [{ row: 2 }], missing: [] });
    expect(plan(['钱', '别的']).missing.map(({ id }) => id)).toEqual([1]);
  });

  it('more than an item may have are no row’s to lose without a word', () => {
    const some = (count: number, first = 0) =>
      Array.from({ length: count }, (_, index) => `叫法${first + index}`).join('、');
    expect(plan([some(20), '福利'])).toMatchObject({ changes: [{ id: 1 }], faults: [] });
    for (const rows of [
      [[some(21), '福利']],
      [
        [some(20), '福利'],
        [some(2, 19), '福利'],
      ],
    ]) {
      const { changes, faults, missing } = plan(...rows);
      expect(faults.map(faultWords)).toEqual([
        `“叫法”表第${rows.length + 1}行“常用叫法”：“福利”到这一行有21个叫法，一个事项最多20个`,
      ]);
      expect([changes.length, missing]).toEqual([rows.length - 1, []]);
    }
  });

  it('an item that is none is said', () => {
    expect(plan(['低保', '福利金发放']).faults.map(faultWords)).toEqual([
      '“叫法”表第2行“事项名称”：清单里没有叫“福利金发放”的事项，是不是“福利”？',
    ]);
  });
});
