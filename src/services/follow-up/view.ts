/** The checks that wait, as the banner's managers see them. */
import type { CheckListView, CheckView } from '../../../cards/check.ts';
import { caseListReads } from '../../../db/repositories/case-list.ts';
import { followUpCheckReads } from '../../../db/repositories/follow-up-check.ts';
import type { Ctx } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { loadCase } from '../case/dossier.ts';
import { errandName, errandOf } from '../case/errand.ts';
import { maskedNameOf } from '../case/secret.ts';
import { checkedUnits, mayCheck, requireChecker } from './checker.ts';

/** Cases of one list. */
const SHOWN_MAX = 15;

export async function viewChecks(ctx: Ctx): Promise<CheckListView> {
  const staff = requireChecker(ctx);
  const unitIds = await checkedUnits(ctx, staff);
  const open = await followUpCheckReads.open(ctx.tx, unitIds);
  const done = await followUpCheckReads.done(ctx.tx, unitIds);
  const lines = await caseListReads.lines(ctx.tx, open.slice(0, SHOWN_MAX));
  return {
    rows: lines.map((line) => ({
      caseId: line.id,
      caseNumber: line.caseNumber,
      applicant: maskedNameOf(ctx, line),
      itemName: errandName(ctx, line),
    })),
    total: open.length,
    consistent: done.get('consistent') ?? 0,
    different: done.get('different') ?? 0,
  };
}

/** The form of one check. Refuses `check_not_yours` where the case waits for nobody's check, or not for this person's. */
export async function viewCheck(ctx: Ctx, caseId: number): Promise<CheckView> {
  const staff = requireChecker(ctx);
  const dossier = await loadCase(ctx, caseId);
  if (!(await mayCheck(ctx, { staff, dossier }))) throw new Refused('check_not_yours');
  const { record, registeringLine } = dossier;
  return {
    caseId,
    caseNumber: record.caseNumber,
    applicant: maskedNameOf(ctx, dossier.applicant),
    itemName: errandOf(ctx, dossier),
    unitName: registeringLine[0]?.name ?? '',
    rating: record.rating,
    ratedAt: record.followedUpAt ?? record.registeredAt,
    now: ctx.now,
    zone: ctx.zone,
  };
}
