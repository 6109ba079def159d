import { type ReportRow, reportWrites } from '../../../db/repositories/report.ts';
import { type Ctx, personOf, type Staff } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { onBehalfOf } from '../../domain/rights.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { hideResidents } from '../hide-residents.ts';
import { appendLedger } from '../ledger/append.ts';
import { requireRight } from '../require-right.ts';
import { lineageAbove } from './banner.ts';
import { callForReport } from './remind.ts';
import { type ReportPlace, townOf } from './reporter.ts';
import { sealReason } from './texts.ts';

/**
 * 退回修改: the banner sends a version back with the reason. It is kept; the report is open again under its old deadline, and the town
 * is told by a card of its own. `version`: the one that the card showed.
 */
export async function returnReport(
  ctx: Ctx,
  { version, reason, ...place }: ReportPlace & { version: number; reason: string },
): Promise<ReportRow> {
  const { agent, standsInFor } = await requireReceiver(ctx, place.townId);
  const town = await townOf(ctx, place.townId);
  if (saysNothing(reason)) throw new Refused('report_return_needs_reason');
  const report = await reportWrites.open(ctx.tx, place);
  const detail = { town: town.name, month: monthPeriod(place.month).label };
  if (report.version === null) throw new Refused('report_return_open', detail);
  if (report.version !== version) throw new Refused('report_changed', detail);
  const reportId = report.id;
  const hidden = await hideResidents(ctx, { unitId: town.id, text: reason });
  const reasonSealed = sealReason(ctx.vault, { reportId, number: version }, hidden.text);
  const ended = { ending: 'returned' as const, endedAt: ctx.now, endedBy: agent.id, reasonSealed };
  await reportWrites.endVersion(ctx.tx, { ...ended, reportId, number: version });
  const nobody = { submittedAt: null, submittedBy: null, late: null };
  const opened = await reportWrites.stand(ctx.tx, { ...nobody, id: reportId, version: null });
  const entry = { townId: town.id, caseId: null, kind: 'returnReport' as const, sealed: reasonSealed };
  await appendLedger(ctx, { ...entry, payload: { month: place.month, version, standsInFor } });
  await callForReport(ctx, { town, report: opened });
  return opened;
}

/** Whoever receives a town's reports: managers above it, and administrators. Refuses `report_not_received`. */
async function requireReceiver(
  ctx: Ctx,
  townId: number,
): Promise<{ agent: Staff['agent']; standsInFor: number | undefined }> {
  const subject = { unitLine: await lineageAbove(ctx, townId) };
  const staff = requireRight(ctx, { right: 'receiveReports', otherwise: 'report_not_received', subject });
  return { agent: staff.agent, standsInFor: onBehalfOf('receiveReports', personOf(staff), subject) };
}
