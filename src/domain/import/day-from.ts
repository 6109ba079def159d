/** A day as plans and lists write it: 2026-12-31, 2026年12月底前, 2026.12. */
import { isDay } from '../calendar.ts';
import { normalised } from '../typed.ts';

const MONTH_DAYS_MAX = 31;

/** undefined for what is no day. @param of which day of a month is meant where only the month is written. */
export function dayFrom(text: string, of: 'first' | 'last'): string | undefined {
  const plain = normalised(text, 'NFKC').replace(/\s+/gu, '');
  const found = /^(20\d{2})[年./-](\d{1,2})(?:月底?|[./-](?=\d)|$)(?:(\d{1,2})日?)?(?:之?前|以前)?$/u.exec(plain);
  if (!found) return undefined;
  const [, year = '', month = '', day] = found;
  const begun = `${year}-${month.padStart(2, '0')}`;
  if (day !== undefined) return valid(`${begun}-${day.padStart(2, '0')}`);
  return of === 'first' ? valid(`${begun}-01`) : lastOf(begun);
}

function lastOf(month: string): string | undefined {
  for (let day = MONTH_DAYS_MAX; day > 27; day--) if (isDay(`${month}-${day}`)) return `${month}-${day}`;
  return undefined;
}

function valid(day: string): string | undefined {
  return isDay(day) ? day : undefined;
}
