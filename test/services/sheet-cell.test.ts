import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { dayNumbers, isPlain, looksLikeFormula, xmlText } from '../../src/services/sheet/cell.ts';

describe('a plain text', () => {
  const signs = fc.constantFrom(...'0aZ_x四 \u3000\n=+-@＝<>&"\'张·*é\u200B。', '_x0041_', '👨', '\uD800');
  const texts = fc.oneof(fc.string(), fc.string({ unit: signs }));

  it('needs nothing of what is done to the others', () => {
    fc.assert(
      fc.property(texts, (text) => {
        if (!isPlain(text)) return;
        expect([xmlText(text), text.trim(), looksLikeFormula(text)]).toEqual([text, text, false]);
      }),
      { numRuns: 3000 },
    );
  });

  it('is what most cells hold', () => {
    const hash = '3b14ad38'.repeat(8);
    const usual = [
      '26-01-00001',
      '13812345678',
      '152128199001011234',
      '王秀英',
      '王**',
      '5',
      '当场办结；一窗受理号 8',
      hash,
    ];
    expect(usual.filter((text) => !isPlain(text))).toEqual([]);
    expect(isPlain('长'.repeat(32_768))).toBe(false);
  });
});

describe('a day number', () => {
  // The clock goes on in the first night and back in the second; elsewhere by half an hour, or not at all.
  it.each(['Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Shanghai', 'America/St_Johns'])(
    'is the wall clock of %s',
    (zone) => {
      const dayNumber = dayNumbers(zone);
      for (const day of ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']) {
        const from = DateTime.fromISO(day, { zone: 'utc' }).toMillis() - 43_200_000;
        for (let at = from; at < from + 2 * 86_400_000; at += 433_000) {
          const shown = new Date(Math.round((Number(dayNumber(at)) - 25_569) * 86_400) * 1000);
          const wall = DateTime.fromMillis(at, { zone }).startOf('second').toFormat("yyyy-MM-dd'T'HH:mm:ss");
          expect(shown.toISOString().slice(0, 19)).toBe(wall);
        }
      }
    },
  );

  it('is never a little less than its second, and no more than a hundredth above', () => {
    const dayNumber = dayNumbers('utc');
    const wrong = Array.from({ length: 86_400 }, (_, second) => second).filter((second) => {
      const above = Number(dayNumber(second * 1000 + 999).slice(6)) / 1e7 - second / 86_400;
      return above < 0 || above > 1.001e-7;
    });
    expect(wrong).toEqual([]);
  });
});
