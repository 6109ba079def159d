import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandWords, parseCommandLine } from '../../src/domain/command-line.ts';

const table: readonly CommandWords[] = [
  { name: '登记', aliases: ['new'] },
  { name: '待办', aliases: ['todo'] },
  { name: '查', aliases: ['find'], takesWords: true },
  { name: '我', aliases: ['me'], takesWords: false },
  { name: '台账', aliases: ['ledger'] },
  { name: '台账核对', aliases: [] },
  { name: '信', aliases: ['info'] },
];

describe('parseCommandLine', () => {
  it.each([
    ['/登记', '登记', ''],
    ['／登记', '登记', ''],
    ['登记', '登记', ''],
    ['/ 登记', '登记', ''],
    ['/登记 低保 张三 13800000000', '登记', '低保 张三 13800000000'],
    ['登记　低保　张三', '登记', '低保 张三'],
    ['登记低保 张三', '登记', '低保 张三'],
    ['/登记低保', '登记', '低保'],
    ['登记：低保 张三', '登记', '低保 张三'],
    ['登记，低保', '登记', '低保'],
    ['登记\n低保', '登记', '低保'],
    ['\u200b /待办 ', '待办', ''],
    ['待办。', '待办', ''],
    ['TODO', '待办', ''],
    ['/ToDo  本周', '待办', '本周'],
    ['／ｔｏｄｏ', '待办', ''],
    ['new低保 张三', '登记', '低保 张三'],
    ['台账核对 本月', '台账核对', '本月'],
    ['台账核对本月', '台账核对', '本月'],
    ['台账本月', '台账', '本月'],
    ['查26-01-00012', '查', '26-01-00012'],
    ['查张三', '查', '张三'],
    ['/信张三', '信', '张三'],
    ['信12', '信', '12'],
    ['我', '我', ''],
    ['我 今年', '我', '今年'],
  ])('%j is %s with %j', (line, name, args) => {
    expect(parseCommandLine(line, table)).toEqual({ kind: 'command', name, args });
  });

  it.each([
    ['我想办低保', '我想办低保'],
    ['/我的待办', '我的待办'],
    ['信张三', '信张三'],
    ['information', 'information'],
    ['/统记 本月', '统记'],
    ['13800000000', '13800000000'],
  ])('%j is unknown', (line, typed) => {
    expect(parseCommandLine(line, table)).toMatchObject({ kind: 'unknown', typed });
  });

  it.each(['', ' ', '　', '/', '／／ ', '\u200b'])('%j is empty', (line) => {
    expect(parseCommandLine(line, table)).toEqual({ kind: 'empty' });
  });

  it('never throws, and every name is found behind either slash', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['command', 'unknown', 'empty']).toContain(parseCommandLine(text, table).kind);
        for (const slash of ['/', '／', '']) {
          expect(parseCommandLine(`${slash}台账 ${text}`, table)).toMatchObject({ kind: 'command', name: '台账' });
        }
      }),
    );
  });
});
