import type { CaseListRow } from '../../../cards/case-list.ts';
import type { Ctx } from '../../ctx.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { maskName } from '../../domain/person.ts';
import type { CaseDossier } from './dossier.ts';
import { applicantName, ERASED } from './secret.ts';

/** A case as one line of a list. */
export async function caseListRow(ctx: Ctx, { record, item, holderLine }: CaseDossier): Promise<CaseListRow> {
  const name = await applicantName(ctx, record.applicantId);
  // What presses first: while it waits for acceptance that is the acceptance day, afterwards the promised day.
  const dueAt = record.acceptBy ?? record.dueAt;
  const me = ctx.actor.kind === 'agent' ? ctx.actor.agent.id : undefined;
  return {
    id: record.id,
    caseNumber: record.caseNumber,
    itemName: item.subItem,
    applicant: name === undefined ? ERASED : maskName(name),
    state: record.state,
    dueAt,
    workingDaysLeft: dueAt === null ? null : remainingWorkingDays(dueAt, ctx.now, ctx.zone),
    holderUnit: holderLine[0]?.center ?? '',
    mine: record.registrarId === me || record.handlerId === me,
  };
}
