/**
 * Chinese working days (法定节假日, 调休 included), and a banner's own days above them. The holiday table is the data of `chinese-days`,
 * read directly: its functions judge a day by the machine's own time zone, and take an unannounced year's holidays for working days.
 */
import holidayTable from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { addDays, startOfDay, weekdayOf } from './calendar.ts';

const DAY_MS = 86_400_000;

/**
 * Off in every year, by month and day: 《全国年节及纪念日放假办法》 as amended in 2024, § 2. 春节, 清明, 端午 and 中秋 have no such day: those
 * of an unannounced year are left as they are, because the lunar calendars at hand are wrong in some zones or years.
 */
const FIXED_HOLIDAYS: Readonly<Record<string, string | undefined>> = {
  '01-01': '元旦',
  '05-01': '五一',
  '05-02': '五一',
  '10-01': '国庆',
  '10-02': '国庆',
  '10-03': '国庆',
};

/** A stretch of days (YYYY-MM-DD, both included) on which offices are closed, or open, whatever the published table says. */
export interface OwnDays {
  readonly from: string;
  readonly to: string;
  readonly kind: 'off' | 'work';
  /** What they are called: 那达慕; '' for none. */
  readonly name: string;
}

/** A day found by counting working days; `announced` is false when a day counted lies in a year without holiday table. */
export interface CountedDay {
  readonly day: string;
  readonly announced: boolean;
}

/** Why a day counts as a working day, or does not. */
export interface DayKind {
  readonly counts: boolean;
  /** A day on which people work though they would not by the plain week, or by the published table. */
  readonly shifted: boolean;
  /** What a day off is: 国庆, 周末, 那达慕. */
  readonly name: string | undefined;
}

/** Which days are working days. Days are YYYY-MM-DD; what is no day throws RangeError. */
export interface WorkingCalendar {
  /** Are the holidays of this year known? Otherwise its days are judged by the plain week and `FIXED_HOLIDAYS`, and a card has to say so. */
  announced(year: number): boolean;
  /** Do offices work on this day? See `announced` for a year whose holidays are not known. */
  isWorkingDay(day: string): boolean;
  dayKind(day: string): DayKind;
  /** The n-th working day strictly after `day` (before it for a negative n); n = 0 is the day itself. */
  addWorkingDays(day: string, days: number): CountedDay;
  /** Working days after `from` up to and including `to`; negative, counted from `to`, when `to` comes first. */
  workingDaysBetween(from: string, to: string): number;
  /** The day itself when it is a working day, else the last one before it. */
  lastWorkingDayUpTo(day: string): string;
}

/** Where a moment's day is, and which days work there. */
export interface LocalDays {
  /** IANA time zone. */
  readonly zone: string;
  readonly calendar: WorkingCalendar;
}

/** Days of the plain week off, and weekends on which people work. */
const holidays: ReadonlySet<string> = new Set(Object.keys(holidayTable.holidays));
const shiftedWorkdays: ReadonlySet<string> = new Set(Object.keys(holidayTable.workdays));

/** By a day off the plain week: `National Day,国庆节,3`. */
const holidayEntries: Readonly<Record<string, string | undefined>> = holidayTable.holidays;
/** As people call it on a card. */
const shortNames: Readonly<Record<string, string>> = { 国庆节: '国庆', 劳动节: '五一' };

/** A day that counts otherwise than it would without, and by how much. Counted instead of each day between, because a case may be years overdue. */
interface ChangedDay {
  readonly day: string;
  readonly by: 1 | -1;
}

/** The table against the plain week. */
const tableChanges: readonly ChangedDay[] = [
  ...[...shiftedWorkdays].filter((day) => weekdayOf(day) >= 5).map((day) => ({ day, by: 1 as const })),
  ...[...holidays]
    .filter((day) => weekdayOf(day) < 5 && !shiftedWorkdays.has(day))
    .map((day) => ({ day, by: -1 as const })),
];

/** The State Council announces a year as a whole, so a year whose National Day is in the table is there. */
const announcedYears = new Set(
  Object.keys(holidayTable.holidays)
    .filter((day) => day.endsWith('-10-01'))
    .map((day) => Number(day.slice(0, 4))),
);

/** The State Council's table alone. */
export const publishedCalendar: WorkingCalendar = calendarOf(new Map());

/** The State Council's table, and above it these days; where they overlap, the later in the list counts. */
export function calendarWith(own: readonly OwnDays[]): WorkingCalendar {
  return own.length === 0 ? publishedCalendar : calendarOf(byDay(own));
}

/** Is a year without a published table entered as a whole? Then New Year's Day and the National Day are among its days off. */
function isEntered(year: number, own: ReadonlyMap<string, OwnDays>): boolean {
  return ['01-01', '10-01'].every((day) => own.get(`${year}-${day}`)?.kind === 'off');
}

function byDay(own: readonly OwnDays[]): Map<string, OwnDays> {
  const days = new Map<string, OwnDays>();
  for (const stretch of own) {
    for (let day = stretch.from; day <= stretch.to; day = addDays(day, 1)) days.set(day, stretch);
  }
  return days;
}

function calendarOf(own: ReadonlyMap<string, OwnDays>): WorkingCalendar {
  const ownChanges = [...own].flatMap(([day, { kind }]): ChangedDay[] => {
    const works = kind === 'work';
    return works === worksByTable(day) ? [] : [{ day, by: works ? 1 : -1 }];
  });
  const changes = [...tableChanges, ...ownChanges];
  const announced = (year: number) => announcedYears.has(year) || isEntered(year, own);

  function isAnnouncedBetween(one: string, other: string): boolean {
    const [first = 0, last = 0] = [one, other].map((day) => Number(day.slice(0, 4))).sort((a, b) => a - b);
    return Array.from({ length: last - first + 1 }, (_, years) => first + years).every(announced);
  }

  function isWorkingDay(day: string): boolean {
    const stretch = own.get(day);
    return stretch ? stretch.kind === 'work' : worksByTable(day);
  }

  function addWorkingDays(day: string, days: number): CountedDay {
    const step = Math.sign(days);
    let found = addDays(day, 0);
    for (let left = Math.abs(days); left > 0; ) {
      found = addDays(found, step);
      if (isWorkingDay(found)) left -= 1;
    }
    return { day: found, announced: isAnnouncedBetween(day, found) };
  }

  function workingDaysBetween(from: string, to: string): number {
    if (to < from) return 0 - workingDaysBetween(to, from);
    const changed = [...changes, ...fixedChanges(from, to)].filter(({ day }) => from < day && day <= to);
    return changed.reduce((count, { by }) => count + by, weekdaysUpTo(to) - weekdaysUpTo(from));
  }

  function dayKind(day: string): DayKind {
    const stretch = own.get(day);
    if (isWorkingDay(day)) {
      const shifted = weekdayOf(day) >= 5 || (stretch !== undefined && !worksByTable(day));
      return { counts: true, shifted, name: undefined };
    }
    const name = stretch?.name || (holidayName(day) ?? (stretch ? '放假' : '周末'));
    return { counts: false, shifted: false, name };
  }

  return {
    announced,
    isWorkingDay,
    dayKind,
    addWorkingDays,
    workingDaysBetween,
    lastWorkingDayUpTo: (day) => (isWorkingDay(day) ? day : addWorkingDays(day, -1).day),
  };
}

function worksByTable(day: string): boolean {
  return shiftedWorkdays.has(day) || (weekdayOf(day) < 5 && !holidays.has(day) && fixedHoliday(day) === undefined);
}

/** Of a year that is in the table, the table tells. */
function fixedHoliday(day: string): string | undefined {
  return announcedYears.has(Number(day.slice(0, 4))) ? undefined : FIXED_HOLIDAYS[day.slice(5)];
}

/** The fixed holidays of the years from one day's to the other's, against the plain week. */
function fixedChanges(from: string, to: string): ChangedDay[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, years) => String(first + years).padStart(4, '0')).flatMap(
    (year) =>
      Object.keys(FIXED_HOLIDAYS)
        .map((monthAndDay) => `${year}-${monthAndDay}`)
        .filter((day) => weekdayOf(day) < 5 && fixedHoliday(day) !== undefined)
        .map((day) => ({ day, by: -1 as const })),
  );
}

function holidayName(day: string): string | undefined {
  const name = holidayEntries[day]?.split(',')[1];
  return name === undefined ? fixedHoliday(day) : (shortNames[name] ?? name);
}

/** Mondays to Fridays up to and including the day, counted from Monday 29 December 1969; negative before it. */
function weekdaysUpTo(day: string): number {
  const days = startOfDay(day, 'utc') / DAY_MS + 4;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7, 5);
}
