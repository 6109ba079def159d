/** Times in the sandbox's zone, in words. China has one zone and no summer time. */
const ZONE = 'Asia/Shanghai';
const AHEAD_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

const clockFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const dayFormat = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, month: 'long', day: 'numeric', weekday: 'short' });

/** `10:05` */
export function clockWords(at: number): string {
  return clockFormat.format(at);
}

/** `11月23日周一` */
export function dayWords(at: number): string {
  return dayFormat.format(at);
}

/** The number of the local day. */
export function localDay(at: number): number {
  return Math.floor((at + AHEAD_MS) / DAY_MS);
}

export interface Leap {
  readonly label: string;
  readonly toMs: number;
}

/** Where the clock can be moved to from now: always forward, always 9 in the morning. */
export function leaps(now: number): readonly Leap[] {
  const local = new Date(now + AHEAD_MS);
  const at = (month: number, date: number): number => Date.UTC(local.getUTCFullYear(), month, date, 9) - AHEAD_MS;
  const month = local.getUTCMonth();
  const next = (date: number): number => (at(month, date) > now ? at(month, date) : at(month + 1, date));
  // Day 0 of a month is the last of the one before.
  const monthEnd = at(month + 1, 0) > now ? at(month + 1, 0) : at(month + 2, 0);
  return [
    { label: '明天 09:00', toMs: at(month, local.getUTCDate() + 1) },
    { label: '10日 月报草稿', toMs: next(10) },
    { label: '13日 再提醒', toMs: next(13) },
    { label: '15日 月报截止', toMs: next(15) },
    { label: '16日 公布未报送', toMs: next(16) },
    { label: '月末', toMs: monthEnd },
    { label: '下季度第一天', toMs: at(Math.floor(month / 3) * 3 + 3, 1) },
  ];
}

/** As a date-and-time field holds it: `2026-12-15T09:00`. */
export function fieldWords(at: number): string {
  return new Date(at + AHEAD_MS).toISOString().slice(0, 16);
}

/** What such a field says; undefined while it is not complete. */
export function momentOf(field: string): number | undefined {
  const at = Date.parse(`${field}:00.000Z`);
  return Number.isNaN(at) ? undefined : at - AHEAD_MS;
}
