/** 方案任务 and 检查项目: what another plan and another list would do, and what is wrong with them. */
import { describe, expect, it } from 'vitest';
import { planChecks } from '../../../src/domain/import/checks.ts';
import { dayFrom } from '../../../src/domain/import/day-from.ts';
import { faultWords } from '../../../src/domain/import/plan.ts';
import type { TableCell } from '../../../src/domain/import/table.ts';
import { planTasks } from '../../../src/domain/import/tasks.ts';
import { listIn, sheet, tablesIn } from './support.ts';

const units = [
  { id: 1, level: 'banner', name: '鄂温克族自治旗', center: '旗政务服务中心', active: true },
  { id: 2, level: 'department', name: '民政部门', center: '民政部门', active: true },
  { id: 3, level: 'town', name: '大雁镇', center: '大雁镇便民服务中心', active: true },
] as const;
const known = {
  units,
  tasks: [
    {
      id: 7,
      line: 7,
      number: 7,
      title: '代办员队伍组建',
      responsible: ['towns'],
      dueDay: '2022-12-31',
      ongoing: false,
    },
    {
      id: 8,
      line: 8,
      number: 8,
      title: '职责细化与培训',
      responsible: ['office'],
      dueDay: '2022-12-31',
      ongoing: true,
    },
  ],
};

function plan(...rows: TableCell[][]) {
  return planTasks(tablesIn(sheet('任务', [['序号', '任务', '责任单位', '完成时限', '持续推进'], ...rows])), known);
}
const faultsOf = (...rows: TableCell[][]) => plan(...rows).faults.map(faultWords);

describe('a plan', () => {
  it('says what is new, changed, the same, and not there any more', () => {
    const { changes, unchanged, missing, faults } = plan(
      [7, '代办员队伍组建', '苏木乡镇', { date: '2026-12-31' }],
      [8, '职责细化与培训', '旗政务服务局', '2022年12月底前，持续推进'],
      [9, '信用代办', '旗民政局、大雁镇', '2027-06', '是'],
    );
    expect(faults).toEqual([]);
    expect(unchanged).toBe(1);
    expect(changes[0]).toMatchObject({ id: 7, differences: ['完成时限：2022-12-31→2026-12-31'] });
    expect(changes[1]).toMatchObject({
      id: null,
      values: { number: 9, responsible: ['unit:2', 'unit:3'], dueDay: '2027-06-30', ongoing: true },
    });
    expect(missing).toEqual([]);
    expect(plan([1, '别的', '苏木乡镇']).missing.map(({ id }) => id)).toEqual([7, 8]);
  });

  it('a task in a row that cannot be taken is not missing, by its number or by its title', () => {
    const { missing, faults } = plan([7, '别的', '不知道'], ['八', '职责细化与培训', '旗政务服务局']);
    expect(faults).toHaveLength(2);
    expect(missing).toEqual([]);
  });

  it('of more tasks than a plan has, the rest is blamed and not passed over', () => {
    const rows = Array.from({ length: 201 }, (_, index) => [index + 1, `任务${index + 1}`, '苏木乡镇']);
    const { changes, faults } = plan(...rows);
    expect(changes).toHaveLength(200);
    expect(faults.map(faultWords)).toEqual(['“任务”表第202行“任务”：一份方案最多200项任务，从这一行起多了']);
  });

  it('follows 同上 and 同第N项 to whose a task is', () => {
    const { changes } = plan([1, '甲', '旗民政局'], [2, '乙', '同上'], [3, '丙', '同第2项']);
    expect(changes.map(({ values }) => values.responsible)).toEqual([['unit:2'], ['unit:2'], ['unit:2']]);
  });

  it('names the rows whose units lead in a circle, or to no unit, with what was probably meant', () => {
    expect(faultsOf([1, '甲', '同第3项'], [2, '乙', '大燕镇'], [3, '丙', '同第1项'], [4, '丁', '同第9项'])).toEqual([
      '“任务”表第2行“责任单位”：责任单位绕成了一圈（第2行→第4行→第2行），请在其中一行写明单位',
      '“任务”表第3行“责任单位”：没有叫“大燕镇”的单位，是不是“大雁镇”？',
      '“任务”表第4行“责任单位”：责任单位绕成了一圈（第4行→第2行→第4行），请在其中一行写明单位',
      '“任务”表第5行“责任单位”：没有第9项任务，请写明责任单位',
    ]);
    expect(faultsOf([1, '甲', '同上'])[0]).toContain('上面没有别的任务');
    expect(faultsOf([1, '甲', ''])[0]).toContain('没有填责任单位');
  });

  it('names a number that comes twice, a day that is none, and a title that is missing', () => {
    expect(faultsOf([1, '甲', '苏木乡镇'], [1, '', '苏木乡镇', '尽快'])).toEqual([
      '“任务”表第3行“序号”：和“任务”表第2行的序号一样',
      '“任务”表第3行“任务”：没有填任务',
      '“任务”表第3行“完成时限”：没看懂完成时限，请写成 2026-12-31 或 2026年12月底前',
    ]);
  });

  it('is told from the catalogue and from units by its header', () => {
    const rows = [
      ['主要任务', '责任单位', '完成时限'],
      ['甲', '苏木乡镇', '2026-12-31'],
    ];
    expect(listIn(sheet('表', rows)).kind).toBe('tasks');
    expect(
      listIn(
        sheet('表', [
          ['检查项目', '说明'],
          ['窗口', '有牌子'],
        ]),
      ).kind,
    ).toBe('checks');
  });
});

const lists = [{ id: 1, name: '七有', fromDay: '2022-09-20', checks: [{ name: '办事指南', hint: '' }] }];

function checks(title: string, ...rows: TableCell[][]) {
  const table = tablesIn(sheet('检查', [[title], ['检查项目', '说明', '启用日期'], ...rows]));
  return planChecks(table, { lists, today: '2026-11-23' });
}

describe('a list of checks', () => {
  it('takes the place of the present one as a whole, from its day on', () => {
    const { changes, faults } = checks(
      '便民服务中心（站）“八有”清单',
      ['有办事指南', '', '2027-01-01'],
      ['自助终端', '能用'],
    );
    expect(faults).toEqual([]);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({
      values: {
        name: '八有',
        fromDay: '2027-01-01',
        checks: [
          { name: '办事指南', hint: '' },
          { name: '自助终端', hint: '能用' },
        ],
      },
      differences: ['名称：七有→八有', '项目：办事指南→办事指南、自助终端', '说明：（空）→；能用'],
    });
    expect(checks('七有', ['办事指南']).changes).toEqual([]);
  });

  it('with a fault in it is not taken at all', () => {
    const { changes, faults, notes } = checks('八有', ['办事指南', '', '2020-01-01'], ['办 事 指南', '']);
    expect(changes).toEqual([]);
    expect(faults.map(faultWords)).toEqual([
      '“检查”表第4行“检查项目”：和第3行重复',
      '“检查”表第3行“启用日期”：启用日期不能早于今天（2026-11-23）：以前的检查结果按原来的清单算',
    ]);
    expect(notes[0]).toContain('整份');
    const many = Array.from({ length: 13 }, (_, index) => [`项目${index}`, '']);
    expect(checks('很多有', ...many).faults.map(faultWords)).toEqual([expect.stringContaining('第15行')]);
  });
});

it.each([
  ['2022年12月底前', '2022-12-31'],
  ['2023 年 6 月底前', '2023-06-30'],
  ['2026.2', '2026-02-28'],
  ['2026/3/5', '2026-03-05'],
  ['2026年3月5日前', '2026-03-05'],
  ['2026-02-30', undefined],
  ['长期', undefined],
])('the day %j is %j', (text, day) => {
  expect(dayFrom(text, 'last')).toBe(day);
});
