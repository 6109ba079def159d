import type { Ctx } from '../../ctx.ts';
import { requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { loadCase } from './dossier.ts';
import { viewMoreSteps } from './view-more.ts';

/** Sends the form of the seldom steps privately. Refuses whoever would find nothing in it. */
export async function askMoreSteps(ctx: Ctx, { caseId }: { caseId: number }): Promise<void> {
  const staff = requireStaff(ctx);
  const dossier = await loadCase(ctx, caseId);
  if (!(await viewMoreSteps(ctx, { dossier, staff }))) throw new Refused('more_nothing');
  const { id: agentId, openId: target } = staff.agent;
  await enqueuePost(ctx, { target, content: { kind: 'moreSteps', caseId, agentId } });
}
