import { NO_PHONE_WORD } from '../../../cards/words.ts';
import { type Ctx, personOf, requireStaff } from '../../ctx.ts';
import { relationsTo } from '../../domain/permission.ts';
import { Refused } from '../../refusals.ts';
import type { DraftContent } from '../draft/content.ts';
import { startDraft } from '../draft/start.ts';
import { appendLedger } from '../ledger/append.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { loadCase } from './dossier.ts';
import { handles, handlesFor } from './reveal.ts';
import { openApplicant } from './secret.ts';
import { toldBy } from './told.ts';

/**
 * 再办一件: a new registration form for the applicant of a case, sent privately to somebody who handles it. Who it is stands in the
 * form, which is a look at the applicant and an entry of the ledger; what is to be done is asked anew, and so is the consent.
 * Refuses `reveal_not_handler`, `applicant_erased`.
 */
export async function registerAgain(ctx: Ctx, { caseId }: { caseId: number }): Promise<void> {
  const staff = requireStaff(ctx);
  const { record, parties, applicant: sealed } = await loadCase(ctx, caseId);
  if (!handles(relationsTo(parties, personOf(staff)))) throw new Refused('reveal_not_handler');
  const { applicant } = openApplicant(ctx, sealed);
  if (!applicant) throw new Refused('applicant_erased');
  const { townId, residenceUnitId } = record;
  const payload = { toRegister: true, standsInFor: handlesFor(staff, { parties }) };
  await appendLedger(ctx, { townId, caseId, kind: 'reveal', payload });
  const { name: applicantName, phone, contact, idNumber, address } = toldBy(applicant, noErrand);
  const personal = { applicantName, phone: phone || NO_PHONE_WORD, contact, idNumber, address };
  const known = Object.entries(personal).filter(([, value]) => value !== '');
  const content: DraftContent = {
    ...Object.fromEntries(known),
    residence: String(residenceUnitId),
    way: record.way,
    origin: caseId,
  };
  const draft = await startDraft(ctx, { shared: false, content });
  await enqueuePost(ctx, { target: staff.agent.openId, content: { kind: 'registration', draftId: draft.id } });
}

const noErrand = { otherErrand: null, remarks: null };
