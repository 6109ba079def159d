/** 打印: the papers of a case, for whoever may know whom it is for. */
import type { SlipsView } from '../../../cards/slips.ts';
import { slipWords } from '../../../cards/words.ts';
import { type Ctx, personOf, requireStaff } from '../../ctx.ts';
import { relationsTo } from '../../domain/permission.ts';
import { type Slip, slipsFor } from '../../domain/slip.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { enqueueLetter } from '../message/enqueue.ts';
import { type CaseDossier, loadCase } from './dossier.ts';
import { errandOf } from './errand.ts';
import { handles, handlesFor } from './reveal.ts';

/** What can be printed now. Refuses whoever does not handle the case. */
export async function viewSlips(ctx: Ctx, { caseId }: { caseId: number }): Promise<SlipsView> {
  const dossier = await loadPrintable(ctx, caseId);
  const { caseNumber } = dossier.record;
  return { caseId, caseNumber, itemName: errandOf(ctx, dossier), offers: slipsOf(dossier) };
}

/**
 * Orders one paper as a Word file, privately for whoever asks, wherever it was asked. It says who the applicant is, so that it is a look
 * at their data like 查看申请人 and stands in the ledger as one. Refuses `print_not_now` where the case has gone on meanwhile.
 */
export async function printSlip(ctx: Ctx, input: { caseId: number; slip: Slip; large: boolean }): Promise<CaseDossier> {
  const { caseId, slip, large } = input;
  const staff = requireStaff(ctx);
  const { agent } = staff;
  const dossier = await loadPrintable(ctx, caseId);
  const { caseNumber, townId } = dossier.record;
  if (!slipsOf(dossier).includes(slip)) {
    throw new Refused('print_not_now', { number: caseNumber, slip: slipWords[slip] });
  }
  const payload = { toPrint: slip, standsInFor: handlesFor(staff, dossier) };
  const [entry] = await appendLedger(ctx, { townId, caseId, kind: 'reveal', payload });
  const asked = { agentId: agent.id, askedAt: ctx.now };
  const order = { ...asked, name: 'slip' as const, caseId, slip, large, entry };
  await enqueueLetter(ctx, { target: agent.openId, order });
  return dossier;
}

/** The papers that fit what has become of the case. */
export function slipsOf({ record, item }: Pick<CaseDossier, 'record' | 'item'>): Slip[] {
  const { state, acceptedAt, handlerId, outcome } = record;
  // Passed up or forwarded again it is in nobody's hands, though it was accepted before.
  const accepted = acceptedAt !== null && handlerId !== null;
  return slipsFor({ state, accepted, outcome, materials: item.materials.length });
}

async function loadPrintable(ctx: Ctx, caseId: number): Promise<CaseDossier> {
  const staff = requireStaff(ctx);
  const dossier = await loadCase(ctx, caseId);
  if (!handles(relationsTo(dossier.parties, personOf(staff)))) throw new Refused('print_not_handler');
  if (dossier.applicant.wrappedKey === null) throw new Refused('applicant_erased');
  return dossier;
}
