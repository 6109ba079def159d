import type { ActionValueOf } from '../../../cards/action-values.ts';
import type { FigureCasesView } from '../../../cards/figure-cases.ts';
import { type FigureList, figureSpecs } from '../../../cards/figures.ts';
import type { Ctx } from '../../ctx.ts';
import type { Figures } from '../../domain/figures.ts';
import type { Period } from '../../domain/period.ts';
import { caseListRows } from '../case/list-row.ts';
import { casesBehind, isPast, OPEN_WITHIN_DAYS } from './cases.ts';
import type { StatsScope } from './scope.ts';
import { wholeOf } from './view.ts';

const ROWS = 10;

/** What each list of cases is called. */
export const listWords: Readonly<Record<FigureList, string>> = {
  registered: figureSpecs.registered.label,
  total: figureSpecs.total.label,
  open: figureSpecs.open.label,
  overdue: figureSpecs.overdue.label,
  completed: figureSpecs.completed.label,
  accepted: '接收',
  returned: figureSpecs.returned.label,
  rated: '回访评价',
  withdrawn: figureSpecs.withdrawn.label,
};

/** How many cases the list holds; a case may be accepted, or returned, more than once. */
const totals: Readonly<Record<FigureList, (figures: Figures) => number | null>> = {
  registered: ({ registered }) => registered,
  total: ({ total }) => total,
  open: ({ open }) => open,
  overdue: ({ overdue }) => overdue,
  completed: ({ completed }) => completed,
  accepted: () => null,
  returned: () => null,
  rated: ({ rated }) => rated,
  withdrawn: ({ withdrawn }) => withdrawn,
};

/** One page of the cases behind a figure. The person who asks must be allowed to see the scope's figures. */
export async function viewFigureCases(
  ctx: Ctx,
  request: { scope: StatsScope; period: Period; at: ActionValueOf<'stats.cases'> },
): Promise<FigureCasesView> {
  const { scope, period, at } = request;
  const first = at.page * ROWS;
  const ids = await casesBehind(ctx, { scope, period, list: at.list, limit: first + ROWS + 1 });
  const old = at.list === 'open' && isPast(ctx, period);
  return {
    label: listWords[at.list],
    unitName: scope.unit.name,
    periodName: period.label,
    total: totals[at.list](await wholeOf(ctx, { scope, period })),
    rows: await caseListRows(ctx, {
      ids: ids.slice(first, first + ROWS),
      justAsked: false,
      asker: ctx.actor.kind === 'agent' ? ctx.actor : undefined,
    }),
    more: ids.length > first + ROWS,
    note: old ? `过去的时间只列期末前${OPEN_WITHIN_DAYS}天内登记的件。` : null,
    at,
    now: ctx.now,
    zone: ctx.zone,
  };
}
