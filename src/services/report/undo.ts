import { clock } from '../../../cards/kit.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { type ReportRow, reportReads, reportWrites } from '../../../db/repositories/report.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { UNDO_MS } from '../../domain/undo.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { type ReportPlace, townOf } from './reporter.ts';
import { refreshReportCards } from './submit.ts';

/**
 * 撤销: whoever submitted a report, or corrected it, takes that back within ten minutes. A report is open again then; after a 更正 the
 * version before it stands again.
 */
export async function undoReport(ctx: Ctx, place: ReportPlace): Promise<ReportRow> {
  const { agent } = requireStaff(ctx);
  const town = await townOf(ctx, place.townId);
  const report = await reportWrites.open(ctx.tx, place);
  const version = (await reportReads.versions(ctx.tx, report.id)).find(({ number }) => number === report.version);
  if (!version) throw new Refused('report_open', { town: town.name, month: monthPeriod(place.month).label });
  const { number, corrects, submittedAt, submittedBy } = version;
  const detail = {
    step: corrects === null ? '报送' : '更正',
    how: '撤销',
    until: clock(submittedAt + UNDO_MS, ctx.zone),
  };
  if (submittedBy !== agent.id) {
    const who = (await agentReads.byId(ctx.tx, submittedBy))?.name ?? '报送的人';
    throw new Refused('undo_not_yours', { ...detail, who });
  }
  if (ctx.now >= submittedAt + UNDO_MS) {
    throw new Refused('undo_too_late', { ...detail, next: '数字或文字有出入的，请点“更正”。' });
  }
  const ended = { ending: 'undone' as const, endedAt: ctx.now, endedBy: agent.id };
  await reportWrites.endVersion(ctx.tx, { ...ended, reportId: report.id, number });
  const nobody = { submittedAt: null, submittedBy: null, late: null };
  const since =
    corrects === null
      ? nobody
      : { submittedAt: report.submittedAt, submittedBy: report.submittedBy, late: report.late };
  const before = await reportWrites.stand(ctx.tx, { ...since, id: report.id, version: corrects });
  const payload = { month: place.month, version: number };
  await appendLedger(ctx, { townId: town.id, caseId: null, kind: 'undoReport', payload });
  await refreshReportCards(ctx, report.id);
  return before;
}
