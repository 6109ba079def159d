/** What a monthly report counts besides the town's figures of the month. */
import type { Figures } from './figures.ts';

/** The figures that are told department by department, and of 本级 and 延伸 apart. */
export const groupFigureNames = [
  'registered',
  'completed',
  'completedOnTime',
  'open',
  'overdue',
  'returnedAgain',
] as const satisfies readonly (keyof Figures)[];
export type GroupFigures = Pick<Figures, (typeof groupFigureNames)[number]>;

export interface ReportGroup extends GroupFigures {
  /** The department's unit, or the assist type; null of items that no department's unit answers for. */
  readonly key: number | string | null;
  readonly name: string;
}

export interface ReportParts {
  /** By the department that answers for the item; most registrations first. */
  readonly departments: readonly ReportGroup[];
  readonly assists: readonly ReportGroup[];
  /** Cases rated 不满意 or worse in the month, and how many of them have been rectified by now. */
  readonly bad: { readonly rated: number; readonly rectified: number };
  /** On the month's last day, as Annex 5 counts them. */
  readonly staff: {
    readonly fullTime: number;
    readonly partTime: number;
    readonly villages: number;
    /** Villages that lack the full-time agent whom the plan wants. */
    readonly withoutFullTime: readonly string[];
  };
  /** On the same day: places with all that the list of checks asks for (七有). */
  readonly readiness: { readonly centers: Share; readonly stations: Share };
  /** On the same day: the plan's tasks of the town and its villages. */
  readonly tasks: { readonly done: number; readonly atRisk: number; readonly late: number; readonly total: number };
}

interface Share {
  readonly ready: number;
  readonly total: number;
}

export function groupFigures(figures: Figures): GroupFigures {
  return Object.fromEntries(groupFigureNames.map((name) => [name, figures[name]])) as GroupFigures;
}
