import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/domain/import/plan.ts';
import { faultWords } from '../../../src/domain/import/plan.ts';
import type { TableCell } from '../../../src/domain/import/table.ts';
import { type KnownUnit, planUnits, type UnitValues } from '../../../src/domain/import/units.ts';
import { sheet, tablesIn } from './support.ts';

const common = { center: '', active: true, townNumber: null, population: null, nameMongolian: null };
const known: readonly KnownUnit[] = [
  { ...common, id: 1, level: 'banner', name: '鄂温克族自治旗', parentId: null },
  { ...common, id: 2, level: 'town', name: '巴彦托海镇', parentId: 1, townNumber: 1 },
  { ...common, id: 3, level: 'town', name: '大雁镇', parentId: 1, townNumber: 2 },
  { ...common, id: 4, level: 'village', name: '团结嘎查', parentId: 2 },
  { ...common, id: 5, level: 'village', name: '旧嘎查', parentId: 2, active: false },
];
const HEADER = ['级别', '单位名称', '上级单位', '服务场所', '乡镇编号', '原名称'];

function plan(...rows: TableCell[][]): Plan<UnitValues> {
  return planUnits(tablesIn(sheet('表', [HEADER, ...rows])), known);
}

function faults(...rows: TableCell[][]): string[] {
  return plan(...rows).faults.map(faultWords);
}

describe('units that are added and changed', () => {
  it('a village in a town of the same file, whatever the order', () => {
    const { changes } = plan(['嘎查社区', '新嘎查', '新镇'], ['苏木乡镇', '新镇', null, null, '０７']);
    expect(changes.map(({ id, name, values }) => [id, name, values.parent, values.townNumber])).toEqual([
      [null, '新镇', 1, 7],
      [null, '新嘎查', { level: 'town', name: '新镇' }, null],
    ]);
  });

  it('a village of one name in another town is another village', () => {
    const { changes, unchanged } = plan(['村', '团结嘎查', '大雁镇'], ['村', '团结嘎查', '巴彦托海镇', '']);
    expect(changes.map(({ id, values }) => [id, values.parent])).toEqual([[null, 3]]);
    expect(unchanged).toBe(1);
  });

  it('a town is renamed by the name it had, the banner by being the only one; one out of use comes back', () => {
    const { changes } = plan(
      ['旗县', '另一个旗', null],
      ['苏木乡镇', '大雁新镇', null, null, 2, '大雁镇'],
      ['嘎查社区', '旧嘎查', '巴彦托海镇'],
    );
    expect(changes.map(({ id, differences }) => [id, differences])).toEqual([
      [1, ['名称：鄂温克族自治旗→另一个旗']],
      [3, ['名称：大雁镇→大雁新镇']],
      [5, ['重新启用']],
    ]);
  });

  it('a list of villages alone says its level by its columns', () => {
    const tables = tablesIn(
      sheet('嘎查', [
        ['嘎查社区', '所属苏木乡镇'],
        ['甲嘎查', '大雁镇'],
      ]),
    );
    expect(planUnits(tables, known).changes.map(({ values }) => [values.level, values.parent])).toEqual([
      ['village', 3],
    ]);
  });

  it('what is missing is asked about only where the file tells of its level and town', () => {
    expect(plan(['嘎查社区', '甲嘎查', '巴彦托海镇']).missing).toEqual([{ id: 4, name: '团结嘎查' }]);
    expect(plan(['嘎查社区', '甲嘎查', '大雁镇']).missing).toEqual([]);
    expect(plan(['苏木乡镇', '巴彦托海镇']).missing).toEqual([{ id: 3, name: '大雁镇' }]);
  });

  it.each<[string, TableCell[]]>([
    ['a number that is none', ['苏木乡镇', '大雁镇', null, null, 'A']],
    ['no level', [null, '大雁镇']],
    ['another’s parent', ['苏木乡镇', '大雁镇', '别的旗']],
    ['a name that is taken', ['苏木乡镇', '巴彦托海镇', null, null, null, '大雁镇']],
  ])('a town in a row with %s is not missing', (_what, row) => {
    const { faults: found, missing } = plan(['苏木乡镇', '巴彦托海镇'], row);
    expect(found).toHaveLength(1);
    expect(missing).toEqual([]);
  });
});

describe('outlets of banks and the post', () => {
  it('belong to a town or a village, new or known; of two villages of one name it must be said which town', () => {
    const { changes } = plan(
      ['服务点', '信用社网点', '大雁镇'],
      ['服务点', '邮政网点', '甲嘎查'],
      ['嘎查社区', '甲嘎查', '大雁镇'],
    );
    expect(changes.map(({ values }) => [values.level, values.parent, values.center])).toEqual([
      ['village', 3, '甲嘎查便民服务站'],
      ['outlet', 3, '信用社网点'],
      ['outlet', { level: 'village', name: '甲嘎查' }, '邮政网点'],
    ]);
    expect(faults(['村', '团结嘎查', '大雁镇'], ['服务点', '邮政网点', '团结嘎查'])).toEqual([
      '“表”表第3行“上级单位”：有几个“团结嘎查”，分不清是哪一个，请填所属苏木乡镇',
    ]);
    expect(faults(['服务点', '邮政网点', '鄂温克族自治旗'])).toEqual([
      '“表”表第2行“上级单位”：服务点的上级应是苏木乡镇或嘎查社区，“鄂温克族自治旗”是旗县',
    ]);
  });
});

describe('rows that cannot be taken', () => {
  it.each<[string, TableCell[][], string[]]>([
    ['no level', [[null, '甲']], ['“表”表第2行“级别”：没有填级别，应是旗县、旗直部门、苏木乡镇、嘎查社区、服务点之一']],
    [
      'a level that is none',
      [['嘎查社', '甲']],
      ['“表”表第2行“级别”：级别应是旗县、旗直部门、苏木乡镇、嘎查社区、服务点之一，是不是“嘎查社区”？'],
    ],
    [
      'a center’s name too long',
      [['村', '甲', '大雁镇', '长'.repeat(41)]],
      ['“表”表第2行“服务场所”：服务场所的名称太长，最多40个字'],
    ],
    ['no town', [['村', '甲']], ['“表”表第2行“上级单位”：没有填它属于哪个苏木乡镇']],
    ['its own parent', [['村', '甲', '甲']], ['“表”表第2行“上级单位”：上级就是它自己，请填它的上一级']],
    [
      'a village under a village, and so a circle',
      [
        ['村', '甲', '乙'],
        ['村', '乙', '甲'],
      ],
      [
        '“表”表第2行“上级单位”：没有叫“乙”的苏木乡镇，请核对，或先把它加到单位表里',
        '“表”表第3行“上级单位”：没有叫“甲”的苏木乡镇，请核对，或先把它加到单位表里',
      ],
    ],
    [
      'a parent of another level',
      [['村', '甲', '团结嘎查']],
      ['“表”表第2行“上级单位”：嘎查社区的上级应是苏木乡镇，“团结嘎查”是嘎查社区'],
    ],
    [
      'the same row twice',
      [
        ['村', '甲', '大雁镇'],
        ['村', '甲', '大雁镇'],
      ],
      ['“表”表第3行“单位名称”：和“表”表第2行重复了'],
    ],
    [
      'a parent whose own row is wrong',
      [
        ['苏木乡镇', '新镇', null, null, 'A'],
        ['村', '甲', '新镇'],
      ],
      [
        '“表”表第2行“乡镇编号”：应是1到99的数字，是代办件编号的中间两位',
        '“表”表第3行“上级单位”：它的上级“新镇”在“表”表第2行，那一行有问题，请先改好',
      ],
    ],
    [
      'a number that is another town’s',
      [
        ['镇', '新镇', null, null, 1],
        ['镇', '巴彦托海镇'],
      ],
      ['“表”表第2行“乡镇编号”：编号1已经是“巴彦托海镇”的了'],
    ],
    [
      'a number of a town by another name: nothing is renamed that nobody has said so of',
      [['镇', '大雁新镇', null, null, 2]],
      ['“表”表第2行“乡镇编号”：编号2已经是“大雁镇”的了；如果是它改了名，请在“原名称”一列填“大雁镇”'],
    ],
    [
      'an old name that is none, and a new one that is another’s',
      [
        ['镇', '新镇', null, null, null, '没有的镇'],
        ['镇', '巴彦托海镇', null, null, null, '大雁镇'],
      ],
      [
        '“表”表第2行“原名称”：没有叫“没有的镇”的苏木乡镇',
        '“表”表第3行“原名称”：已经有叫“巴彦托海镇”的苏木乡镇，不能再改成这个名称',
      ],
    ],
    [
      'a number that cases carry already',
      [['镇', '大雁镇', null, null, 9]],
      ['“表”表第2行“乡镇编号”：“大雁镇”的编号是2，已经用在代办件上，不能改'],
    ],
  ])('%s', (_what, rows, expected) => {
    expect(faults(...rows)).toEqual(expected);
  });
});

describe('常住人口', () => {
  const of = (...rows: TableCell[][]) =>
    planUnits(tablesIn(sheet('表', [['级别', '单位名称', '常住人口'], ...rows])), [
      { ...common, id: 1, level: 'banner', name: '鄂温克族自治旗', parentId: null },
      {
        ...common,
        id: 2,
        level: 'town',
        name: '巴彦托海镇',
        center: '巴彦托海镇便民服务中心',
        parentId: 1,
        population: 900,
      },
    ]);

  it('is read as people write it; left empty it stays as it was', () => {
    const { changes, unchanged } = of(['苏木乡镇', '巴彦托海镇', '12,345人'], ['苏木乡镇', '新镇', 800]);
    expect(changes.map(({ name, values }) => [name, values.population])).toEqual([
      ['巴彦托海镇', 12345],
      ['新镇', 800],
    ]);
    expect(unchanged).toBe(0);
    expect(of(['苏木乡镇', '巴彦托海镇', null]).unchanged).toBe(1);
  });

  it.each(['很多', '0', '-5', '12345678', '=1+1'])('%s is none', (typed) => {
    expect(of(['苏木乡镇', '巴彦托海镇', typed]).faults.map(faultWords).join()).toContain('应是1到9999999的整数');
  });
});

describe('蒙古文名称', () => {
  const CYRILLIC = 'Баянтохой балгас';
  /** With the vowel separator, and the narrow blank before an ending. */
  const VERTICAL = 'ᠪᠠᠶᠠᠨᠲᠣᠬᠠᠢ\u202fᠶᠢᠨ ᠪᠠᠯᠭᠠᠰᠤ\u180eᠠ';
  const of = (was: string | null, ...names: TableCell[]) => {
    const rows = names.map((name) => ['苏木乡镇', '巴彦托海镇', name]);
    const header = ['级别', '单位名称', '蒙古文名称'];
    return planUnits(tablesIn(sheet('表', [header, ...rows])), [
      { ...common, id: 1, level: 'banner', name: '鄂温克族自治旗', parentId: null },
      {
        ...{ ...common, id: 2, level: 'town', name: '巴彦托海镇', parentId: 1, nameMongolian: was },
        center: '巴彦托海镇便民服务中心',
      },
    ]);
  };

  it('is kept as it was typed, in either script; left empty it stays as it was', () => {
    expect(of(null, ` ${CYRILLIC}\n`).changes.map(({ values }) => values.nameMongolian)).toEqual([CYRILLIC]);
    expect(of(null, VERTICAL).changes.map(({ values }) => values.nameMongolian)).toEqual([VERTICAL]);
    expect(of(VERTICAL, VERTICAL).unchanged).toBe(1);
    expect(of(VERTICAL, null).unchanged).toBe(1);
  });

  it('the card of the list shows Cyrillic, of the traditional script only that there is another', () => {
    expect(of(null, CYRILLIC).changes[0]?.differences).toEqual([`蒙古文名称：（空）→${CYRILLIC}`]);
    expect(of(CYRILLIC, VERTICAL).changes[0]?.differences).toEqual(['蒙古文名称：有改动']);
    expect(of(VERTICAL, CYRILLIC).changes[0]?.differences).toEqual(['蒙古文名称：有改动']);
  });

  it.each(['——', '12', 'б'.repeat(121), 'Б'.repeat(150_000)])('%.20s is none', (typed) => {
    expect(of(null, typed).faults.map(faultWords).join()).toContain('应是蒙古文或西里尔文的名称');
  });
});
