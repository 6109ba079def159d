import { agentReads } from '../../../db/repositories/agent.ts';
import { type ReportRow, reportWrites } from '../../../db/repositories/report.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff, today } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { actsFor, type Person, postsOf } from '../../domain/permission.ts';
import { isLate } from '../../domain/report.ts';
import { may } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { refreshCards } from '../card/place.ts';
import { appendLedger } from '../ledger/append.ts';
import { deadlineOf, draftFigures } from './view.ts';

/** 确认报送: fixes a town's figures of a month that is over. By the town's own staff, or its administrator. */
export async function submitReport(ctx: Ctx, input: { townId: number; month: string }): Promise<ReportRow> {
  const staff = requireStaff(ctx);
  const { agent } = staff;
  const person = personOf(staff);
  const town = await unitReads.byId(ctx.tx, input.townId);
  if (town?.level !== 'town') throw new Refused('button_unknown');
  const month = monthPeriod(input.month);
  const mayReport = (post: Person) => may('submitReport', post, { unitLine: [town.id] });
  if (!postsOf(person).some(mayReport)) throw new Refused('report_not_yours', { town: town.name });
  if (today(ctx) <= month.to) throw new Refused('report_too_early', { month: month.label });
  const open = await reportWrites.open(ctx.tx, { townId: town.id, month: input.month });
  if (open.submittedAt !== null) {
    const by = open.submittedBy === null ? undefined : await agentReads.byId(ctx.tx, open.submittedBy);
    throw new Refused('report_already', { town: town.name, month: month.label, who: by?.name ?? '同事' });
  }
  const figures = { ...(await draftFigures(ctx, open)) };
  const late = isLate(ctx.now, await deadlineOf(ctx, input.month));
  const entry = { townId: town.id, caseId: null, kind: 'report' as const };
  const standsInFor = actsFor(person, mayReport);
  const payload = { month: input.month, figures, late, standsInFor };
  const [{ seq }] = await appendLedger(ctx, { ...entry, payload });
  const submission = { figures, submittedAt: ctx.now, submittedBy: agent.id, late, ledgerSeq: seq };
  const submitted = await reportWrites.submit(ctx.tx, { ...submission, id: open.id });
  if (!submitted) throw new Error(`monthly report ${open.id} was submitted while it was held`);
  await refreshReportCards(ctx, open.id);
  return submitted;
}

/** Brings the cards of a report up to date where they stand. */
export async function refreshReportCards(ctx: Ctx, reportId: number): Promise<void> {
  await refreshCards(ctx, { subject: 'report', subjectId: reportId });
}
