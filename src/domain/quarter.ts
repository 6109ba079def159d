/** Quarters, as the plan's 每季度进行通报 (三（五）) means them. */
import { addDays } from './calendar.ts';
import type { Period } from './period.ts';

/** 2026Q3 */
export const quarterPattern = /^(20\d{2})Q([1-4])$/;

const names = ['一', '二', '三', '四'] as const;

/** The whole quarter; its name is the one that a document bears: 2026年第三季度. @throws RangeError for what is none. */
export function quarterPeriod(quarter: string): Period {
  const [, year = '', number = ''] = quarterPattern.exec(quarter) ?? [];
  if (number === '') throw new RangeError(`not a quarter: ${quarter}`);
  const last = 3 * Number(number);
  const from = `${year}-${twoDigits(last - 2)}-01`;
  const to = addDays(`${addDays(`${year}-${twoDigits(last)}-28`, 4).slice(0, 7)}-01`, -1);
  return { from, to, label: `${year}年第${names[Number(number) - 1]}季度` };
}

/** The quarter of a day (YYYY-MM-DD). */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The last quarter that was over on the day. */
export function quarterBefore(day: string): string {
  return quarterOf(addDays(quarterPeriod(quarterOf(day)).from, -1));
}

/** The quarter that a stretch of days is, whole; undefined for any other stretch. */
export function quarterIn({ from, to }: Pick<Period, 'from' | 'to'>): string | undefined {
  const quarter = quarterOf(from);
  const whole = quarterPeriod(quarter);
  return whole.from === from && whole.to === to ? quarter : undefined;
}

/** The months (YYYY-MM) whose reports are due within the quarter: each is due in the month after it. */
export function reportMonthsDueIn(quarter: string): string[] {
  const { from } = quarterPeriod(quarter);
  const first = addDays(from, -1).slice(0, 7);
  const second = from.slice(0, 7);
  return [first, second, addDays(`${second}-28`, 4).slice(0, 7)];
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
