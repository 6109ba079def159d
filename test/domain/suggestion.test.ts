import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggest } from '../../src/domain/suggestion.ts';

const names = [
  '登记',
  '待办',
  '查',
  '事项',
  '我',
  '帮助',
  '统计',
  '排名',
  '台账',
  '月报',
  '通报',
  '名册',
  '绑定',
  'todo',
  'ledger',
  'stats',
];

describe('suggest', () => {
  it.each([
    ['统记', '统计'],
    ['tongji', '统计'],
    ['TongJi', '统计'],
    ['待板', '待办'],
    ['代办', '待办'],
    ['等级', '登记'],
    ['登计', '登记'],
    ['待办列表', '待办'],
    ['台帐', '台账'],
    ['月报', '月报'],
    ['todoo', 'todo'],
    ['ledgre', 'ledger'],
    ['stat', 'stats'],
    ['bangzu', '帮助'],
    ['谁没报月报', '月报'],
    ['各镇排名', '排名'],
  ])('%s: %s', (typed, name) => {
    expect(suggest(typed, names)).toBe(name);
  });

  it.each(['', '。', '今天天气不错', 'hello', '我想办事', '13800000000', 'x', 'chu'])('%j: nothing', (typed) => {
    expect(suggest(typed, names)).toBeUndefined();
  });

  it('takes the first of two that are equally near', () => {
    expect(suggest('stots', ['stats', 'stuts'])).toBe('stats');
  });

  it('never throws and only names what it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect([...names, undefined]).toContain(suggest(typed, names));
      }),
    );
  });
});
