/** What happened in the weeks before, in the hours in which offices are open. Pure. */
import { addDays, localDay, startOfDay } from '../../src/domain/calendar.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';
import { createDice, type Dice } from './dice.ts';
import { type Desk, type Part, tale } from './tale.ts';

/** One step of one errand, at its time. */
export type Happening = { readonly at: number; readonly errand: number } & Part;

export interface Span {
  readonly from: number;
  readonly until: number;
  readonly zone: string;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SEED = 20_261_123;
/** Below 1: there is more to do in the last weeks than in the first. */
const GROWTH = 0.65;
/** Hours of an office, since midnight. */
const OPENS = 9;
const NOON = 12;
const NOON_HOURS = 2.5;
const CLOSES = 17;
const SOONEST_HOURS = 0.2;

/** Everything before `until`, oldest first; what would come later has not happened yet, and its case stands open. */
export function planHistory(span: Span & { desks: readonly [Desk, ...Desk[]]; errands: number }): readonly Happening[] {
  const { desks, errands, zone } = span;
  const dice = createDice(SEED);
  const days = workingDays(span);
  return Array.from({ length: errands }, (_, errand) => {
    const day = days[Math.floor((errand / errands) ** GROWTH * days.length)] ?? localDay(span.from, zone);
    return dated(tale(dice, deskOf(dice, desks)), { errand, day, zone, dice });
  })
    .flat()
    .filter(({ at }) => at < span.until)
    .sort((a, b) => a.at - b.at || a.errand - b.errand);
}

function workingDays({ from, until, zone }: Span): readonly string[] {
  const days: string[] = [];
  for (let day = localDay(from, zone); day < localDay(until, zone); day = addDays(day, 1)) {
    if (publishedCalendar.isWorkingDay(day)) days.push(day);
  }
  return days;
}

function deskOf(dice: Dice, desks: readonly [Desk, ...Desk[]]): Desk {
  const chances = desks.flatMap((desk) => Array.from({ length: desk.share }, () => desk));
  return chances[dice.between(0, chances.length - 1)] ?? desks[0];
}

/** Gives each part its moment, some time after the part before it. */
function dated(
  parts: readonly Part[],
  begin: { errand: number; day: string; zone: string; dice: Dice },
): readonly Happening[] {
  const { errand, zone, dice } = begin;
  let { day } = begin;
  let hour = OPENS;
  return parts.map((part) => {
    for (let count = part.after; count > 0; count--) day = nextWorkingDay(day);
    hour = (part.after > 0 ? OPENS : hour) + SOONEST_HOURS + dice.roll() * 2;
    if (hour > NOON && hour < NOON + NOON_HOURS) hour += NOON_HOURS;
    if (hour >= CLOSES) {
      day = nextWorkingDay(day);
      hour = OPENS + dice.roll();
    }
    const at = startOfDay(day, zone) + Math.floor((hour * HOUR_MS) / MINUTE_MS) * MINUTE_MS;
    return { ...part, at, errand };
  });
}

function nextWorkingDay(day: string): string {
  let next = addDays(day, 1);
  while (!publishedCalendar.isWorkingDay(next)) next = addDays(next, 1);
  return next;
}
