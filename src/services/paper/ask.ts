import { paperReads } from '../../../db/repositories/paper.ts';
import { type Ctx, personOf, requireStaff } from '../../ctx.ts';
import { relationsTo } from '../../domain/permission.ts';
import { Refused } from '../../refusals.ts';
import { loadCase } from '../case/dossier.ts';
import { handles, handlesFor } from '../case/reveal.ts';
import { appendLedger } from '../ledger/append.ts';
import { enqueuePost } from '../message/enqueue.ts';

/** 查看材料: sends a case's papers privately to somebody who handles it. Every look is a ledger entry. Returns how many. */
export async function askPapers(ctx: Ctx, { caseId }: { caseId: number }): Promise<number> {
  const staff = requireStaff(ctx);
  const { record, parties, applicant } = await loadCase(ctx, caseId);
  if (!handles(relationsTo(parties, personOf(staff)))) throw new Refused('papers_not_handler');
  if (applicant.wrappedKey === null) throw new Refused('applicant_erased');
  const papers = await paperReads.keptOfCase(ctx.tx, caseId);
  if (papers.length === 0) throw new Refused('papers_none', { number: record.caseNumber });
  const payload = { papers: papers.length, standsInFor: handlesFor(staff, { parties }) };
  const [entry] = await appendLedger(ctx, { townId: record.townId, caseId, kind: 'papers', payload });
  const { id: agentId, openId: target } = staff.agent;
  for (const [index, { id: paperId }] of papers.entries()) {
    const content = { kind: 'paper' as const, caseId, agentId, entry, paperId, number: index + 1 };
    await enqueuePost(ctx, { target, content });
  }
  return papers.length;
}
