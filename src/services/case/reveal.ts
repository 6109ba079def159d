import { type Ctx, personOf, requireStaff, type Staff } from '../../ctx.ts';
import type { CaseRelation } from '../../domain/case.ts';
import { relationsTo } from '../../domain/permission.ts';
import { isAmong, onBehalfOf } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { checksFor, mayCheck } from '../follow-up/checker.ts';
import { appendLedger } from '../ledger/append.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { type CaseDossier, loadCase } from './dossier.ts';
import { openApplicant } from './secret.ts';

/** 查看申请人: sends the full data privately to somebody who handles the case, or calls the resident once more (抽查回访). Every look is a ledger entry. */
export async function revealApplicant(ctx: Ctx, input: { caseId: number }): Promise<void> {
  const staff = requireStaff(ctx);
  const dossier = await loadCase(ctx, input.caseId);
  const { record, parties, applicant: sealed } = dossier;
  const relations = relationsTo(parties, personOf(staff));
  if (!handles(relations) && !(await mayCheck(ctx, { staff, dossier }))) throw new Refused('reveal_not_handler');
  const { applicant } = openApplicant(ctx, sealed);
  if (!applicant) throw new Refused('applicant_erased');
  const standsInFor = handles(relations) ? handlesFor(staff, dossier) : checksFor(staff, dossier);
  const note = { townId: record.townId, caseId: record.id, kind: 'reveal' as const };
  const [entry] = await appendLedger(ctx, { ...note, payload: { standsInFor } });
  await enqueuePost(ctx, {
    target: staff.agent.openId,
    content: { kind: 'reveal', caseId: record.id, agentId: staff.agent.id, entry },
  });
}

/** For whom a look at the applicant is taken, where not in the own right. */
export function handlesFor(staff: Staff, { parties }: Pick<CaseDossier, 'parties'>): number | undefined {
  return onBehalfOf('handleApplicant', personOf(staff), { parties });
}

/** Who handles a case may know whom it is for. */
export function handles(relations: ReadonlySet<CaseRelation>): boolean {
  return isAmong('handleApplicant', relations);
}
