import type { CaseListRow } from '../../../cards/case-list.ts';
import { type CaseLine, caseListReads } from '../../../db/repositories/case-list.ts';
import type { Ctx } from '../../ctx.ts';
import { isOpen } from '../../domain/case.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { maskedNameOf } from './secret.ts';

/** These cases as lines of a list, in the order of `ids`. */
export async function caseListRows(
  ctx: Ctx,
  { ids, justAsked }: { ids: readonly number[]; justAsked: boolean },
): Promise<CaseListRow[]> {
  const lines = await caseListReads.lines(ctx.tx, ids);
  return lines.map((line) => caseListRow(ctx, { line, justAsked }));
}

/** `justAsked`: one person has asked for the list, so that it may speak of today. */
export function caseListRow(ctx: Ctx, { line, justAsked }: { line: CaseLine; justAsked: boolean }): CaseListRow {
  // What presses first: while it waits for acceptance that is the acceptance day, afterwards the promised day.
  const dueAt = line.acceptBy ?? line.dueAt;
  const counts = dueAt !== null && isOpen(line.state);
  const me = ctx.actor.kind === 'agent' ? ctx.actor.agent.id : undefined;
  return {
    id: line.id,
    caseNumber: line.caseNumber,
    itemName: line.itemName,
    applicant: maskedNameOf(ctx, line),
    state: line.state,
    dueAt,
    overdue: counts && line.state !== 'returned' && dueAt < ctx.now,
    workingDaysLeft: counts && justAsked ? remainingWorkingDays(dueAt, ctx.now, ctx.zone) : null,
    holderUnit: line.holderUnit,
    mine: line.registrarId === me || line.handlerId === me,
  };
}
