import type { ErasureView } from '../../../cards/erase.ts';
import { type ApplicantRow, applicantWrites } from '../../../db/repositories/applicant.ts';
import { type CaseRow, caseWrites } from '../../../db/repositories/case.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { paperWrites } from '../../../db/repositories/paper.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import type { Ctx, Reading } from '../../ctx.ts';
import { hidePersonal, mentions } from '../../domain/hiding.ts';
import { isNoReason } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { refreshCaseCards } from '../card/refresh-case.ts';
import { appendLedger } from '../ledger/append.ts';
import { forgetInReports } from '../report/forget-person.ts';
import { requireRight } from '../require-right.ts';
import { formerApplicants } from './corrections.ts';
import { loadCase, takeCase } from './dossier.ts';
import { forgetTraces } from './forget-traces.ts';
import { recordedFacts } from './recorded.ts';
import { type Applicant, openApplicant } from './secret.ts';

const SETTING = 'erasedAt';

/** Only an administrator, or the program on its operator's behalf, erases somebody. */
function requireEraser(ctx: Ctx): void {
  if (ctx.actor.kind !== 'system') requireRight(ctx, { right: 'eraseApplicant', otherwise: 'erase_admin_only' });
}

/**
 * 删除个人信息: the person of one case is forgotten. The key that opens the sealed columns and this person's part of the ledger goes, with
 * the hashes by which somebody could be looked for, and what waits or lies about elsewhere with the person's data in it. The case, its steps
 * and the figures stay, and the chain still verifies. Who asked and when stands in the ledger; why, sealed under the ledger's record key.
 * `longAgo`: the case was archived years ago, so that forms, answers and messages of these weeks are of other errands, and its cards
 * in chats, masked from the beginning, can be changed no more.
 * Refuses `erase_admin_only`, `erase_needs_reason`, `case_unknown`, `applicant_erased`.
 */
export async function eraseApplicant(
  ctx: Ctx,
  input: { caseId: number; reason: string; longAgo?: boolean },
): Promise<CaseRow> {
  requireEraser(ctx);
  const { record, applicant: row } = await takeCase(ctx, input.caseId);
  if (row.wrappedKey === null) throw new Refused('applicant_erased');
  const applicant = applicantOf(ctx, row);
  const reason = hidePersonal(input.reason.replace(/\s+/gu, ' ').trim(), applicant);
  if (isNoReason(reason)) throw new Refused('erase_needs_reason');
  const people = applicant ? [applicant, ...(await formerly(ctx, { record, row }))] : [];
  for (const person of input.longAgo ? [] : people) await forgetTraces(ctx, person);
  await forgetInReports(ctx, { townId: record.townId, people });
  await paperWrites.leaveCase(ctx.tx, { caseId: record.id, at: ctx.now });
  await applicantWrites.erase(ctx.tx, { id: record.applicantId, at: ctx.now });
  const number = record.externalNumber;
  const set = number !== null && (!applicant || mentions(number, applicant)) ? { externalNumber: null } : {};
  await caseWrites.forget(ctx.tx, { ...set, id: record.id });
  await appendLedger(ctx, {
    townId: record.townId,
    caseId: record.id,
    kind: 'erase',
    payload: recordedFacts(ctx, set),
    sealed: ctx.vault.records.seal('ledger.eraseReason', reason),
  });
  await settingWrites.set(ctx.tx, { key: SETTING, value: ctx.now });
  if (!input.longAgo) await refreshCaseCards(ctx, await loadCase(ctx, record.id), { event: 'erase' });
  return record;
}

/**
 * What the card shows that asks for confirmation. `reason`: as typed, '' for none; it comes back with what tells of the person hidden, because
 * the card waits in the outbox and stays in the chat. Refuses `erase_admin_only`, `case_unknown`, `applicant_erased`.
 */
export async function viewErasure(ctx: Ctx, input: { caseId: number; reason: string }): Promise<ErasureView> {
  requireEraser(ctx);
  const { record, applicant: row } = await loadCase(ctx, input.caseId);
  if (row.wrappedKey === null) throw new Refused('applicant_erased');
  const reason = hidePersonal(input.reason, applicantOf(ctx, row));
  return { caseId: record.id, caseNumber: record.caseNumber, reason };
}

/** undefined when it does not open under this `DATA_KEY`: somebody whose data are damaged may be erased, too. */
function applicantOf(ctx: Ctx, row: ApplicantRow): Applicant | undefined {
  try {
    return openApplicant(ctx, row).applicant;
  } catch {
    return undefined;
  }
}

/** As whom the person was registered before corrections. */
async function formerly(ctx: Ctx, { record, row }: { record: CaseRow; row: ApplicantRow }): Promise<Applicant[]> {
  return formerApplicants(await ledgerReads.ofCase(ctx.tx, record.id), openApplicant(ctx, row));
}

/** When somebody was last erased, ms; 0 when nobody was. */
export async function lastErasedAt({ tx }: Pick<Reading, 'tx'>): Promise<number> {
  const at = await settingReads.get(tx, SETTING);
  return typeof at === 'number' ? at : 0;
}
