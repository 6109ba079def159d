import type { ActionValueOf } from '../../../cards/action-values.ts';
import type { FigureCasesView } from '../../../cards/figure-cases.ts';
import { type FigureList, figureLists } from '../../../cards/figures.ts';
import type { ReportList } from '../../../cards/report-lines.ts';
import { assistTypeWords } from '../../../cards/words.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { reportReads } from '../../../db/repositories/report.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { endOfDay, startOfDay } from '../../domain/calendar.ts';
import { monthPeriod, type Period } from '../../domain/period.ts';
import { caseListRows } from '../case/list-row.ts';
import { casesBehind } from '../stats/cases.ts';
import { standingReturns } from '../stats/returned.ts';
import { ofDepartment, registrationsOf, type StatsScope, statsScope } from '../stats/scope.ts';
import { listWords } from '../stats/view-cases.ts';
import { requireReader } from './view-in-full.ts';

const ROWS = 10;
/** A town has fewer cases behind a figure of one month; of more, the newest. */
const CASES_MAX = 2000;

const words: Readonly<Record<ReportList, string>> = {
  ...listWords,
  returnedAgain: '再次退回',
  refused: '不予办理',
  terminated: '终止',
  ratedBadly: '差评',
  rectified: '差评已整改',
};

type Asked = Omit<ActionValueOf<'report.cases'>, 'turn'>;

/** One page of the cases behind a figure of a town's report, for whoever may read it. */
export async function viewReportCases(ctx: Ctx, at: Asked): Promise<FigureCasesView> {
  const { townId, month, page } = at;
  await requireReader(ctx, { staff: requireStaff(ctx), place: { townId, month } });
  const period = monthPeriod(month);
  const { scope, name } = await scopeOf(ctx, at);
  const ids = await idsOf(ctx, { scope, period, at });
  const first = page * ROWS;
  return {
    label: `${words[at.list]}${name}`,
    unitName: scope.unit.name,
    periodName: period.label,
    total: ids.length,
    rows: await caseListRows(ctx, {
      ids: ids.slice(first, first + ROWS),
      justAsked: false,
      asker: ctx.actor.kind === 'agent' ? ctx.actor : undefined,
    }),
    more: ids.length > first + ROWS,
    note: '按现在的台账列出；月报里的数字是报送时的。',
    at,
    now: ctx.now,
    zone: ctx.zone,
  };
}

/** The town, with all its items or those of one department. */
async function scopeOf(
  ctx: Ctx,
  { townId, departmentId, assistType }: Asked,
): Promise<{ scope: StatsScope; name: string }> {
  const scope = await statsScope(ctx, townId);
  if (departmentId === undefined) {
    return { scope, name: assistType === undefined ? '' : `（${assistTypeWords[assistType]}）` };
  }
  const counted = ofDepartment(await itemReads.inEveryVersion(ctx.tx), departmentId);
  const name = scope.units.find(({ id }) => id === departmentId)?.name ?? '';
  return { scope: { ...scope, counted }, name: `（${name}）` };
}

async function idsOf(
  ctx: Ctx,
  { scope, period, at }: { scope: StatsScope; period: Period; at: Asked },
): Promise<number[]> {
  const ids = await listedIds(ctx, { scope, period, list: at.list });
  if (at.assistType === undefined) return ids;
  const ofType = new Set(await reportReads.ofType(ctx.tx, { ids, assistType: at.assistType }));
  return ids.filter((id) => ofType.has(id));
}

async function listedIds(
  ctx: Ctx,
  { scope, period, list }: { scope: StatsScope; period: Period; list: ReportList },
): Promise<number[]> {
  const stretch = { from: startOfDay(period.from, ctx.zone), to: endOfDay(period.to, ctx.zone) };
  if (list === 'ratedBadly' || list === 'rectified') {
    const found = await reportReads.badlyRated(ctx.tx, { ...registrationsOf(scope), ...stretch });
    return newestFirst(found.filter(({ rectifiedAt }) => list === 'ratedBadly' || rectifiedAt !== null));
  }
  if (list === 'refused' || list === 'terminated') {
    return newestFirst(await reportReads.ended(ctx.tx, { ...registrationsOf(scope), ...stretch, as: list }));
  }
  const ids = await casesBehind(ctx, { scope, period, list: listOf(list), limit: CASES_MAX });
  if (list !== 'returnedAgain') return ids;
  const returns = await standingReturns(ctx, { ...stretch, ids });
  return ids.filter((id) => returns.get(id)?.some(({ payload }) => Number(payload['returnCount']) > 1));
}

function newestFirst(found: readonly { readonly id: number; readonly at: number }[]): number[] {
  return [...found].sort((a, b) => b.at - a.at || b.id - a.id).map(({ id }) => id);
}

function listOf(list: ReportList): FigureList {
  return figureLists.find((known) => known === list) ?? 'returned';
}
