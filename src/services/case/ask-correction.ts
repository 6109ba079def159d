import type { Ctx } from '../../ctx.ts';
import { requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { loadCase } from './dossier.ts';
import { handles, handlesFor } from './reveal.ts';
import { openApplicant } from './secret.ts';
import { requireStep } from './step.ts';

/**
 * 更正: sends the form privately. Who handles the case gets it filled in, which is a look at the applicant and an entry of the ledger;
 * a manager gets the personal fields empty, and what is left empty stays as it is.
 */
export async function askCorrection(ctx: Ctx, { caseId }: { caseId: number }): Promise<void> {
  const staff = requireStaff(ctx);
  const { agent } = staff;
  const dossier = await loadCase(ctx, caseId);
  const relations = await requireStep(ctx, { dossier, step: 'correct' });
  const { townId } = dossier.record;
  if (!openApplicant(ctx, dossier.applicant).applicant) throw new Refused('applicant_erased');
  const payload = { toCorrect: true, standsInFor: handlesFor(staff, dossier) };
  const [entry] = handles(relations) ? await appendLedger(ctx, { townId, caseId, kind: 'reveal', payload }) : [null];
  await enqueuePost(ctx, {
    target: agent.openId,
    content: { kind: 'correction', caseId, agentId: agent.id, entry },
  });
}
