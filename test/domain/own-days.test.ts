import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownDaysLines, pastAndPresent, readOwnDays } from '../../src/domain/own-days.ts';
import type { OwnDays } from '../../src/domain/working-calendar.ts';

const TODAY = '2026-11-23';
const read = (text: string) => readOwnDays(text, TODAY);
const off = (from: string, to = from, name = ''): OwnDays => ({ from, to, kind: 'off', name });
const work = (day: string, name = ''): OwnDays => ({ from: day, to: day, kind: 'work', name });

describe('own days', () => {
  it.each([
    ['2026-08-15', [off('2026-08-15')]],
    ['8月15日至17日 放假 那达慕', [off('2026-08-15', '2026-08-17', '那达慕')]],
    ['2026-02-14 上班', [work('2026-02-14')]],
    ['８月１５日－１７日放假', [off('2026-08-15', '2026-08-17')]],
    ['8.15-8.17 休息', [off('2026-08-15', '2026-08-17')]],
    ['2027年8月15号到8月17号 放假', [off('2027-08-15', '2027-08-17')]],
    ['2026-08-15至2026-08-17 那达慕', [off('2026-08-15', '2026-08-17', '那达慕')]],
    [
      '那达慕：8月15日、8月17日放假',
      [off('2026-08-15', '2026-08-15', '那达慕'), off('2026-08-17', '2026-08-17', '那达慕')],
    ],
    ['12月31日至1月2日放假', [off('2026-12-31', '2027-01-02')]],
    ['2027年\n1月4日 上班；1月1日 放假', [off('2027-01-01'), work('2027-01-04')]],
  ])('%j is read', (text, days) => {
    expect(read(text)).toEqual({ days, wrong: [] });
  });

  it('reads a paragraph of the State Council’s notice as it stands', () => {
    const notice = [
      '2027年',
      '一、元旦：1月1日（周五）至3日（周日）放假，共3天。',
      '二、春节：2月5日（农历腊月廿九、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。',
    ].join('\n');
    expect(read(notice)).toEqual({
      days: [
        off('2027-01-01', '2027-01-03', '元旦'),
        work('2027-01-31'),
        off('2027-02-05', '2027-02-11', '春节'),
        work('2027-02-13'),
      ],
      wrong: [],
    });
  });

  it.each([
    ['2月30日 放假', '2月30日', '没有这一天'],
    ['8月17日至15日 放假', '8月17日至15日', '结束在开始之前'],
    ['2019-08-15 放假', '2019-08-15', '只能写2026年到2028年的'],
    ['2026-01-01至2026-12-31 放假', '2026-01-01至2026-12-31', '一段最多31天'],
    ['那达慕放假', '那达慕放假', '没看懂，请写日期，再写“放假”或“上班”'],
    ['8月15日 调休', '8月15日 调休', '没看懂是放假还是上班'],
    ['8月15日 <at id=all></at>', '8月15日 <at id=all></at>', '没看懂是放假还是上班'],
  ])('%j: what is wrong is named', (text, piece, why) => {
    expect(read(`2026-08-20 放假\n${text}`)).toEqual({ days: [off('2026-08-20')], wrong: [{ piece, why }] });
  });

  it('says so when a day is off and worked on', () => {
    expect(read('8月15日至17日 放假\n8月16日 上班').wrong).toEqual([{ piece: '8月16日', why: '又写放假又写上班' }]);
  });

  it('reads back what it writes', () => {
    const stretch = fc.record({
      start: fc.date({ min: new Date('2026-01-01'), max: new Date('2028-11-01'), noInvalidDate: true }),
      length: fc.nat(30),
      kind: fc.constantFrom<OwnDays['kind'][]>('off', 'work'),
      name: fc.constantFrom('', '那达慕', '建旗纪念日'),
    });
    fc.assert(
      fc.property(stretch, ({ start, length, kind, name }) => {
        const day = (plus: number) => new Date(start.getTime() + plus * 86_400_000).toISOString().slice(0, 10);
        const days = [{ from: day(0), to: day(length), kind, name }];
        expect(read(ownDaysLines(days).join('\n'))).toEqual({ days, wrong: [] });
      }),
    );
  });

  it('of years that have passed are history', () => {
    const [old, spanning] = [off('2025-08-15'), off('2025-12-30', '2026-01-02')];
    expect(pastAndPresent([old, spanning], TODAY)).toEqual({ past: [old], present: [spanning] });
  });
});
