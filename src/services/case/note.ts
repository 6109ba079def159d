import { TEXT_MAX } from '../../../cards/field.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { isBlank, isLongerThan } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { refreshCards } from '../card/place.ts';
import { appendLedger } from '../ledger/append.ts';
import { type CaseDossier, takeCase } from './dossier.ts';
import { type ApplicantVault, openApplicant } from './secret.ts';
import { requireSight } from './show.ts';
import { requireStep } from './step.ts';

/** Whoever's answer was lost presses once more: the same words within so long are the same note. */
const SAID_ONCE_MS = 60_000;

/**
 * 加说明: whoever sees a case that is on its way says something about it. Nothing of the case changes, not even its version, so that
 * nobody's button grows old by it. The words are sealed under the applicant's key. Refuses `case_unknown` for whoever does not see it, and
 * `applicant_erased`.
 */
export async function noteCase(ctx: Ctx, input: { caseId: number; text: string }): Promise<CaseDossier> {
  const text = input.text.trim();
  const dossier = await takeCase(ctx, input.caseId);
  requireSight(ctx, dossier);
  await requireStep(ctx, { dossier, step: 'note' });
  if (isBlank(text)) throw new Refused('note_needs_words');
  if (isLongerThan(text, TEXT_MAX)) throw new Refused('note_too_long', { max: String(TEXT_MAX) });
  const secrets = openApplicant(ctx, dossier.applicant);
  if (!secrets.applicant) throw new Refused('applicant_erased');
  const sealed = secrets.sealNote({ note: text });
  const { id, townId } = dossier.record;
  if (await isSaidAlready(ctx, { caseId: id, text, secrets })) return dossier;
  await refreshCards(ctx, { subject: 'case', subjectId: id });
  await appendLedger(ctx, { townId, caseId: id, kind: 'note', payload: {}, sealed });
  return dossier;
}

async function isSaidAlready(
  ctx: Ctx,
  { caseId, text, secrets }: { caseId: number; text: string; secrets: ApplicantVault },
): Promise<boolean> {
  const by = String(requireStaff(ctx).agent.id);
  const entries = await ledgerReads.ofCase(ctx.tx, caseId);
  return entries.some(
    ({ kind, at, actorKind, actorId, sealed }) =>
      kind === 'note' &&
      at > ctx.now - SAID_ONCE_MS &&
      actorKind === 'agent' &&
      actorId === by &&
      sealed !== null &&
      secrets.openNote(sealed)?.['note'] === text,
  );
}
