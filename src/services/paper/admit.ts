/** Who may add to a case's papers, and look at them: whoever handles it. */
import { type EvidencePlaceRow, evidenceReads } from '../../../db/repositories/evidence.ts';
import type { PaperRow } from '../../../db/repositories/paper.ts';
import { paperReads } from '../../../db/repositories/paper.ts';
import { type Ctx, personOf, requireStaff, type Staff } from '../../ctx.ts';
import { type PaperProblem, takesPapers } from '../../domain/paper.ts';
import { relationsTo } from '../../domain/permission.ts';
import { Refused } from '../../refusals.ts';
import { type CaseDossier, loadCase } from '../case/dossier.ts';
import { handles } from '../case/reveal.ts';
import { subjectFor } from '../evidence/place.ts';
import { staffByIds } from '../stand-in/running.ts';

/** The case, if the acting member of staff may add to its papers now. Refuses with the sentence that fits. */
export async function requireSender(ctx: Ctx, caseId: number): Promise<CaseDossier> {
  const dossier = await loadCase(ctx, caseId);
  const { record, applicant, parties } = dossier;
  if (!handles(relationsTo(parties, personOf(requireStaff(ctx))))) throw new Refused('papers_not_handler');
  if (applicant.wrappedKey === null) throw new Refused('applicant_erased');
  if (!takesPapers(record.state)) throw new Refused('papers_case_closed', { number: record.caseNumber });
  return dossier;
}

export type Admitted =
  /** A photo of a unit's task or check. */
  | { readonly place: EvidencePlaceRow; readonly sender: Staff; readonly wrappedKey: string }
  | { readonly dossier: CaseDossier; readonly sender: Staff; readonly wrappedKey: string }
  | { readonly problem: Extract<PaperProblem, 'notYours' | 'caseClosed'> };

/** The same of what was sent some time ago: whether it may become a paper still. */
export async function admitPaper(ctx: Ctx, { caseId, placeId, roundId }: PaperRow): Promise<Admitted> {
  const round = await paperReads.round(ctx.tx, roundId);
  const [sender] = round ? await staffByIds(ctx, [round.agentId]) : [];
  if (sender?.agent.status !== 'active') return { problem: 'notYours' };
  if (placeId !== null) {
    const place = await evidenceReads.byId(ctx.tx, placeId);
    const mayStill = place && (await subjectFor(ctx, { place, staff: sender })) !== undefined;
    return mayStill ? { place, sender, wrappedKey: place.wrappedKey } : { problem: 'notYours' };
  }
  if (caseId === null) return { problem: 'notYours' };
  const dossier = await loadCase(ctx, caseId);
  if (!handles(relationsTo(dossier.parties, personOf(sender)))) return { problem: 'notYours' };
  const { wrappedKey } = dossier.applicant;
  if (wrappedKey === null || !takesPapers(dossier.record.state)) return { problem: 'caseClosed' };
  return { dossier, sender, wrappedKey };
}
