import type { CaseListRow } from '../../../cards/case-list.ts';
import { type ApplicantRow, applicantReads } from '../../../db/repositories/applicant.ts';
import type { Ctx } from '../../ctx.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { maskName } from '../../domain/person.ts';
import type { CaseDossier } from './dossier.ts';
import { ERASED, nameOf } from './secret.ts';

/** A case as one line of a list. @param row of the applicant, if it has been read already. */
export async function caseListRow(ctx: Ctx, dossier: CaseDossier, row?: ApplicantRow): Promise<CaseListRow> {
  const { record, item, holderLine } = dossier;
  const name = nameOf(ctx, row ?? (await applicantReads.byId(ctx.tx, record.applicantId)));
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
