import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCaseNumber, parseCaseNumber } from '../../src/domain/case-number.ts';

describe('formatCaseNumber', () => {
  it('is year, town, running number', () => {
    expect(formatCaseNumber({ year: 2026, townNumber: 1, running: 12 })).toBe('26-01-00012');
    expect(formatCaseNumber({ year: 2006, townNumber: 99, running: 99999 })).toBe('06-99-99999');
  });

  it.each([
    { year: 26, townNumber: 1, running: 1 },
    { year: 2026, townNumber: 100, running: 1 },
    { year: 2026, townNumber: 1, running: 100_000 },
    { year: 2026, townNumber: 1, running: 0 },
    { year: 2026, townNumber: 1.5, running: 1 },
  ])('refuses what does not fit: %o', (parts) => {
    expect(() => formatCaseNumber(parts)).toThrow(RangeError);
  });
});

describe('parseCaseNumber', () => {
  it.each([
    '26-01-00012',
    '260100012',
    ' 26-01-12 ',
    '26-1-12',
    '26 01 00012',
    '26 - 01 - 00012',
    '２６－０１－０００１２',
    '26—01—00012',
    '26–01–12',
    '编号：26-01-00012',
    '代办件编号 26-01-00012',
    '代办件 26-01-00012',
    '#26-01-12',
  ])('reads %j', (text) => {
    expect(parseCaseNumber(text)).toBe('26-01-00012');
  });

  it.each([
    '',
    '26-01',
    '26010001',
    '2601000123',
    '26-01-123456',
    '26-01-00000',
    '2026-01-12',
    '张三',
    '26-01-0001a',
    '1234',
  ])('leaves %j alone', (text) => {
    expect(parseCaseNumber(text)).toBeUndefined();
  });

  it('reads every number it writes, with and without dashes', () => {
    const parts = fc.record({
      year: fc.integer({ min: 2000, max: 2099 }),
      townNumber: fc.integer({ min: 0, max: 99 }),
      running: fc.integer({ min: 1, max: 99_999 }),
    });
    fc.assert(
      fc.property(parts, (numbers) => {
        const text = formatCaseNumber(numbers);
        expect(parseCaseNumber(text)).toBe(text);
        expect(parseCaseNumber(text.replaceAll('-', ''))).toBe(text);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseCaseNumber(text)));
  });
});
