/** Figures: sums of counters over a period, with what stands at its end, and what follows from them. */
import { type CounterName, type Counters, counterNames, noCounters, type Standing } from './counters.ts';

/** Sums over a period, with what stands at its end. docs/FIGURES.md says what each means. */
export interface Figures extends Counters {
  /** Registered since the beginning, up to the end of the period. */
  readonly total: number;
  /** Registered and neither completed, withdrawn nor terminated by the end of the period: the sum of the next four. */
  readonly open: number;
  readonly waitingOpen: number;
  readonly acceptedOpen: number;
  readonly returnedOpen: number;
  readonly suspendedOpen: number;
  /** Completed and not yet brought to the resident by the end of the period. */
  readonly undelivered: number;
  /** Open now, and past their promised day by the end of the period. Counters do not hold it, see `src/services/stats/overdue.ts`. */
  readonly overdue: number;
  /** Working days past the promised day until now, of all of those together. */
  readonly overdueDays: number;
  readonly rated: number;
  /** Rated 非常满意 or 满意. */
  readonly ratedSatisfied: number;
  readonly ratingPoints: number;
}

/** One bar of a chart, one row of a table. */
export interface FigureGroup {
  readonly name: string;
  readonly figures: Figures;
}

const derivedNames = [
  'total',
  'open',
  'waitingOpen',
  'acceptedOpen',
  'returnedOpen',
  'suspendedOpen',
  'undelivered',
  'overdue',
  'overdueDays',
  'rated',
  'ratedSatisfied',
  'ratingPoints',
] as const satisfies readonly Exclude<keyof Figures, CounterName>[];
const figureNames: readonly (keyof Figures)[] = [...counterNames, ...derivedNames];

/** @param within sums over the period; `ever`: since the beginning, up to its end. */
export function figuresFrom(within: Counters, ever: Standing): Figures {
  const open = ever.registered - ever.completed - ever.withdrawn - ever.terminated;
  return {
    ...within,
    total: ever.registered,
    open,
    waitingOpen: open - ever.acceptedNow - ever.returnedNow - ever.suspendedNow,
    acceptedOpen: ever.acceptedNow,
    returnedOpen: ever.returnedNow,
    suspendedOpen: ever.suspendedNow,
    undelivered: ever.completed - ever.delivered,
    overdue: 0,
    overdueDays: 0,
    rated: within.rated5 + within.rated4 + within.rated3 + within.rated2 + within.rated1,
    ratedSatisfied: within.rated5 + within.rated4,
    ratingPoints: 5 * within.rated5 + 4 * within.rated4 + 3 * within.rated3 + 2 * within.rated2 + within.rated1,
  };
}

export const noFigures: Figures = figuresFrom(noCounters, noCounters);

/** Several figures added up. */
export function addFigures(parts: Iterable<Figures>): Figures {
  let sum = noFigures;
  for (const part of parts) sum = merge(sum, part, 1);
  return sum;
}

/** What is left of the whole without the parts. */
export function restOf(whole: Figures, parts: Iterable<Figures>): Figures {
  return merge(whole, addFigures(parts), -1);
}

/** Nothing happened in the period and nothing stands at its end. */
export function isNothing(figures: Figures): boolean {
  return figureNames.every((name) => name === 'total' || figures[name] === 0);
}

function merge(one: Figures, other: Figures, sign: 1 | -1): Figures {
  return Object.fromEntries(figureNames.map((name) => [name, one[name] + sign * other[name]])) as unknown as Figures;
}
