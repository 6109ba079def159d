import { agentReads } from '../../../db/repositories/agent.ts';
import { followUpCheckReads, followUpCheckWrites } from '../../../db/repositories/follow-up-check.ts';
import type { Ctx } from '../../ctx.ts';
import type { CheckResult } from '../../domain/sample.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { notifyManagers } from '../agent/managers.ts';
import { type CaseDossier, takeCase } from '../case/dossier.ts';
import { openApplicant } from '../case/secret.ts';
import { appendLedger } from '../ledger/append.ts';
import { checksFor, mayCheck, requireChecker } from './checker.ts';

/** What the second call found. Refuses `check_done`, `check_not_yours`, `check_needs_result` and, of a difference without a word, `check_needs_note`. */
export async function recordCheck(
  ctx: Ctx,
  input: { caseId: number; result: CheckResult | undefined; note: string },
): Promise<CaseDossier> {
  const staff = requireChecker(ctx);
  const { caseId, result, note } = input;
  const dossier = await takeCase(ctx, caseId);
  await requireOpenCheck(ctx, dossier);
  if (!(await mayCheck(ctx, { staff, dossier }))) throw new Refused('check_not_yours');
  if (result === undefined) throw new Refused('check_needs_result');
  if (result === 'different' && saysNothing(note)) throw new Refused('check_needs_note');
  const found = { caseId, result, checkedAt: ctx.now, checkedById: staff.agent.id };
  if (!(await followUpCheckWrites.record(ctx.tx, found))) await requireOpenCheck(ctx, dossier);
  const sealed = openApplicant(ctx, dossier.applicant).sealNote({ note });
  const { townId } = dossier.record;
  const payload = { result, standsInFor: checksFor(staff, dossier) };
  await appendLedger(ctx, { townId, caseId, kind: 'check', payload, sealed });
  if (result === 'different') await tellManagers(ctx, { dossier, by: staff.agent.name });
  return dossier;
}

async function requireOpenCheck(ctx: Ctx, { record }: CaseDossier): Promise<void> {
  const check = await followUpCheckReads.ofCase(ctx.tx, record.id);
  if (!check) throw new Refused('check_unknown');
  if (check.checkedAt === null) return;
  const by = check.checkedById === null ? undefined : await agentReads.byId(ctx.tx, check.checkedById);
  throw new Refused('check_done', { number: record.caseNumber, who: by?.name ?? '同事' });
}

/** What the resident said is for the checker and the managers of who registered the case to talk about. */
async function tellManagers(ctx: Ctx, { dossier, by }: { dossier: CaseDossier; by: string }): Promise<void> {
  const { caseNumber } = dossier.record;
  const lines = [
    `${caseNumber} 的抽查回访和原来的评价不一致，可能有正常原因，请了解情况。`,
    `抽查人：${by}。发 /查 ${caseNumber} 看这件。`,
  ];
  const notice = { title: '抽查回访不一致', lines, tone: 'warning' as const };
  await notifyManagers(ctx, { lines: [dossier.registeringLine], notice });
}
