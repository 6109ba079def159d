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
  return [
    { label: '明天 09:00', toMs: at(month, local.getUTCDate() + 1) },
    { label: '15日 月报截止', toMs: next(15) },
    { label: '16日 公布未报送', toMs: next(16) },
    { label: '下季度第一天', toMs: at(Math.floor(month / 3) * 3 + 3, 1) },
  ];
}
