/** The arithmetic behind a case's promised day, in words: which days counted, which did not and why, and when time stood still. */
import { addDays, dayName } from './calendar.ts';
import type { DayKind, WorkingCalendar } from './working-calendar.ts';

/** What bears on the promised time. `what`: the step, in the plan's word. */
export interface CourseEvent {
  readonly effect: 'begins' | 'stops' | 'goesOn';
  /** YYYY-MM-DD; the day itself is not counted. */
  readonly day: string;
  readonly what: string;
}

export interface DeadlineCourse {
  /** Oldest first; the first one begins. */
  readonly events: readonly CourseEvent[];
  /** The promised day; null while time stands still. */
  readonly dueDay: string | null;
  /** Working days kept while it does. */
  readonly remainingDays: number | null;
}

/**
 * One line for each stretch: `9月28日受理 + 5个工作日：29、30日，10月1–7日国庆，8、9日，10日（周六调休上班）→ 10月10日`. Then what is to be
 * known besides: time that stands still, years without a published table.
 */
export function explainDeadline(course: DeadlineCourse, calendar: WorkingCalendar): string[] {
  const { dueDay, remainingDays } = course;
  const events = effective(course.events);
  const lines: string[] = [];
  for (const [index, event] of events.entries()) {
    const next = events[index + 1];
    if (event.effect === 'stops') continue;
    if (next?.effect === 'stops') lines.push(untilStop(event, next, calendar));
    else if (next === undefined && dueDay !== null) lines.push(untilDue(event, dueDay, calendar));
  }
  const last = events.at(-1);
  if (dueDay === null && last?.effect === 'stops') lines.push(standing(last, remainingDays));
  return [...lines, ...unannouncedLines(events, dueDay, calendar)];
}

/** What follows from itself is left out: a case is forwarded at its registration, too, where time has not stood still. */
function effective(events: readonly CourseEvent[]): CourseEvent[] {
  const stops = (event: CourseEvent | undefined) => event?.effect === 'stops';
  return events.filter((event, index) => event.effect !== 'goesOn' || stops(events[index - 1]));
}

function untilStop(event: CourseEvent, stop: CourseEvent, calendar: WorkingCalendar): string {
  const used = calendar.workingDaysBetween(event.day, stop.day);
  const days = used === 0 ? '' : `：${spell(event.day, stop.day, calendar)}`;
  return `${began(event)}，${monthDay(stop.day)}${stop.what}，用了${used}个工作日${days}，从这天起暂停计时`;
}

function untilDue(event: CourseEvent, dueDay: string, calendar: WorkingCalendar): string {
  const days = calendar.workingDaysBetween(event.day, dueDay);
  if (days < 0) return `${began(event)}时已经超期${-days}个工作日 → ${monthDay(dueDay)}`;
  if (days === 0) return `${began(event)}，当天办结 → ${monthDay(dueDay)}`;
  const added = event.effect === 'begins' ? ` + ${days}个工作日` : `，接着算${days}个工作日`;
  return `${began(event)}${added}：${leadsTo(spell(event.day, dueDay, calendar), dueDay)}`;
}

/** A bracket makes room enough by itself. */
function leadsTo(days: string, dueDay: string): string {
  return `${days}${days.endsWith('）') ? '' : ' '}→ ${monthDay(dueDay)}`;
}

function standing(stop: CourseEvent, remainingDays: number | null): string {
  const left = remainingDays ?? 0;
  const words = left < 0 ? `已经超期${-left}个工作日` : `还剩${left}个工作日`;
  return `${monthDay(stop.day)}${stop.what}后时间不走，${words}，重新开始后接着算`;
}

function began({ day, what }: CourseEvent): string {
  return `${monthDay(day)}${what}`;
}

function unannouncedLines(
  events: readonly CourseEvent[],
  dueDay: string | null,
  { announced }: WorkingCalendar,
): string[] {
  const years = [...events.map(({ day }) => day), ...(dueDay === null ? [] : [dueDay])].map((day) =>
    Number(day.slice(0, 4)),
  );
  const first = Math.min(...years);
  const span = Array.from({ length: Math.max(...years) - first + 1 }, (_, index) => first + index);
  return span.filter((year) => !announced(year)).map((year) => `${year}年的放假安排还没有公布，按普通周计算。`);
}

interface Run {
  readonly kind: DayKind;
  readonly from: string;
  readonly to: string;
}

/** The days after `from` up to `to`, run by run. The month is named where it changes. */
function spell(from: string, to: string, calendar: WorkingCalendar): string {
  let month = from.slice(0, 7);
  const words: string[] = [];
  for (const run of runsOf(from, to, calendar)) {
    words.push(`${run.from.slice(0, 7) === month ? '' : monthOf(run.from)}${runWords(run)}`);
    month = run.to.slice(0, 7);
  }
  return words.join('，');
}

function runsOf(from: string, to: string, calendar: WorkingCalendar): Run[] {
  const runs: Run[] = [];
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const kind = calendar.dayKind(day);
    const last = runs.at(-1);
    const joins = last && sameKind(last.kind, kind) && (kind.counts ? last.to.slice(0, 7) === day.slice(0, 7) : true);
    if (last && joins && !kind.shifted) runs[runs.length - 1] = { ...last, to: day };
    else runs.push({ kind, from: day, to: day });
  }
  return runs;
}

function sameKind(one: DayKind, other: DayKind): boolean {
  return one.counts === other.counts && one.shifted === other.shifted && one.name === other.name;
}

/** `29、30日`, `8–12日`, `10月1–7日国庆`, `28、29日周末`, `10日（周六调休上班）`. */
function runWords({ kind, from, to }: Run): string {
  const first = Number(from.slice(8));
  const last = `${from.slice(0, 7) === to.slice(0, 7) ? '' : monthOf(to)}${Number(to.slice(8))}`;
  const between = addDays(from, 1) === to ? '、' : '–';
  const days = from === to ? `${first}日` : `${first}${between}${last}日`;
  return kind.shifted ? `${days}（${dayName(from)}调休上班）` : `${days}${kind.name ?? ''}`;
}

function monthOf(day: string): string {
  return `${Number(day.slice(5, 7))}月`;
}

function monthDay(day: string): string {
  return `${monthOf(day)}${Number(day.slice(8))}日`;
}
