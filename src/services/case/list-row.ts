import type { CaseListRow } from '../../../cards/case-list.ts';
import { type CaseLine, caseListReads } from '../../../db/repositories/case-list.ts';
import type { Ctx } from '../../ctx.ts';
import { isOpen } from '../../domain/case.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { maskedNameOf } from './secret.ts';

/** These cases as lines of a list, in the order of `ids`. */
export async function caseListRows(ctx: Ctx, ids: readonly number[]): Promise<CaseListRow[]> {
  const lines = await caseListReads.lines(ctx.tx, ids);
  return lines.map((line) => caseListRow(ctx, line));
}

export function caseListRow(ctx: Ctx, line: CaseLine): CaseListRow {
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
    workingDaysLeft: counts ? remainingWorkingDays(dueAt, ctx.now, ctx.zone) : null,
    holderUnit: line.holderUnit,
    mine: line.registrarId === me || line.handlerId === me,
  };
}
