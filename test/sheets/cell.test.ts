import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { dayNumbers } from '../../src/sheets/xlsx/cell.ts';

describe('a day number', () => {
  // The clock goes on in the first night and back in the second; elsewhere by half an hour, or not at all.
  it.each(['Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Shanghai', 'America/St_Johns'])(
    'is the wall clock of %s',
    (zone) => {
      const dayNumber = dayNumbers(zone);
      for (const day of ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01']) {
        const from = DateTime.fromISO(day, { zone: 'utc' }).toMillis() - 43_200_000;
        for (let at = from; at < from + 2 * 86_400_000; at += 433_000) {
          const shown = new Date(Math.round((dayNumber(at) - 25_569) * 86_400) * 1000);
          const wall = DateTime.fromMillis(at, { zone }).startOf('second').toFormat("yyyy-MM-dd'T'HH:mm:ss");
          expect(shown.toISOString().slice(0, 19)).toBe(wall);
        }
      }
    },
  );

  it('is never a little less than its second, and hardly above', () => {
    const dayNumber = dayNumbers('utc');
    const seconds = Array.from({ length: 86_400 }, (_, second) => second);
    const above = seconds.map(
      (second) => dayNumber(1_764_374_400_000 + second * 1000 + 999) - 45_990 - second / 86_400,
    );
    // Numbers this large are told apart by seven millionths of a millionth.
    expect(Math.min(...above)).toBeGreaterThan(-1e-11);
    expect(Math.max(...above)).toBeLessThan(1.1e-7);
  });
});
