import { describe, expect, it } from 'vitest';
import {
  lightOf,
  responsibleNamed,
  responsibleText,
  responsibleWords,
  statesFor,
  type TaskUnit,
  unitsOf,
} from '../../src/domain/task.ts';

function unit(id: number, level: TaskUnit['level'], name: string, active = true): TaskUnit {
  return { id, level, name, center: `${name}便民服务中心`, active };
}

const units = [
  unit(1, 'banner', '鄂温克族自治旗'),
  unit(2, 'department', '民政部门'),
  unit(3, 'department', '人力资源社会保障部门'),
  unit(4, 'town', '大雁镇'),
  unit(5, 'town', '辉苏木'),
  unit(6, 'village', '伊兰嘎查'),
  unit(7, 'town', '撤掉的镇', false),
];

describe('the light of a task', () => {
  const task = { dueDay: '2026-12-01', ongoing: false, state: 'underWay' as const };

  it.each([
    ['2026-11-15', 'onTrack'],
    ['2026-11-16', 'atRisk'],
    ['2026-12-01', 'atRisk'],
    ['2026-12-02', 'late'],
  ])('on %s is %s: yellow from fifteen days before its last day, red the day after', (today, light) => {
    expect(lightOf(task, today)).toBe(light);
  });

  it('stays what it was once it is done, and while it is carried on as the plan wants', () => {
    expect(lightOf({ ...task, state: 'done' }, '2027-01-01')).toBe('done');
    expect(lightOf({ ...task, state: 'ongoing', ongoing: true }, '2027-01-01')).toBe('onTrack');
    expect(lightOf({ ...task, state: 'ongoing' }, '2027-01-01')).toBe('late');
    expect(lightOf({ ...task, dueDay: null }, '2027-01-01')).toBe('onTrack');
  });

  it('can be 持续推进 only where the plan says so', () => {
    expect(statesFor({ ongoing: false })).toEqual(['notStarted', 'underWay', 'done']);
    expect(statesFor({ ongoing: true })).toContain('ongoing');
  });
});

describe('责任单位', () => {
  it.each([
    ['旗政务服务局、旗直相关部门、单位，苏木乡镇人民政府。', ['office', 'departments', 'towns']],
    ['旗政务服务局、苏木乡镇', ['office', 'towns']],
    ['旗民政局，各苏木乡镇', ['unit:2', 'towns']],
    ['旗人力资源和社会保障局\n大雁镇', ['unit:3', 'unit:4']],
    ['责任单位：各嘎查社区', ['villages']],
    ['鄂温克族自治旗', ['office']],
  ])('%j is %j', (text, kept) => {
    expect(responsibleWords(text).map((word) => responsibleNamed(word, units))).toEqual(kept);
  });

  it('that no unit in use has the name of is none', () => {
    expect(responsibleNamed('旗工信局', units)).toBeUndefined();
    expect(responsibleNamed('撤掉的镇', units)).toBeUndefined();
  });

  it('reaches every unit in use that is meant, each once, and the banner for one that there is not', () => {
    expect(unitsOf(['towns', 'unit:4'], units).map(({ unitId }) => unitId)).toEqual([4, 5]);
    expect(unitsOf(['named:旗工信局', 'office'], units)).toEqual([{ unitId: 1, insteadOf: ['旗工信局'] }]);
    const later = [...units, unit(8, 'department', '工信部门')];
    expect(unitsOf(['named:旗工信局'], later)).toEqual([{ unitId: 8, insteadOf: [] }]);
  });

  it('is said in the words of the plan', () => {
    const kept = ['office', 'unit:2', 'named:旗工信局', 'towns'];
    expect(responsibleText(kept, units)).toBe('旗政务服务局、民政部门、旗工信局、苏木乡镇人民政府');
  });
});
