import { evidenceReads } from '../../../db/repositories/evidence.ts';
import { paperReads } from '../../../db/repositories/paper.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { type EvidenceAsked, requireSubject } from './place.ts';

/** 看照片: sends the photos of a task or check privately to somebody who may fill it in. Returns how many. Refuses `evidence_none`. */
export async function askEvidence(ctx: Ctx, asked: EvidenceAsked): Promise<number> {
  const { agent } = requireStaff(ctx);
  const subject = await requireSubject(ctx, asked);
  const place = await evidenceReads.find(ctx.tx, subject);
  const papers = place ? await paperReads.keptOfPlace(ctx.tx, place.id) : [];
  if (!place || papers.length === 0) throw new Refused('evidence_none', { title: subject.title });
  for (const [index, { id: paperId }] of papers.entries()) {
    const content = { kind: 'evidence' as const, agentId: agent.id, placeId: place.id, paperId, number: index + 1 };
    await enqueuePost(ctx, { target: agent.openId, content });
  }
  return papers.length;
}
