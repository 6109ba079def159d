import { type FigureName, figureSpecs, figureText } from '../../../cards/figures.ts';
import type { ReportView } from '../../../cards/report.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { type ReportRow, reportReads } from '../../../db/repositories/report.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { type ReportDeadline, reportDeadline } from '../../domain/report.ts';
import { shortLedgerKey } from '../ledger/key.ts';
import { chainLine } from '../ledger/witness.ts';
import { localDays } from '../setting/calendar.ts';
import { settingOf } from '../settings.ts';
import { figuresOf } from '../stats/whole-figures.ts';

/** What a report tells. */
const reported = [
  'registered',
  'completed',
  'open',
  'overdue',
  'onTime',
  'returned',
  'refused',
  'terminated',
  'satisfied',
  'acceptHours',
  'completeHours',
] as const satisfies readonly FigureName[];

/** The figures a report on this month would be submitted with now. */
export async function draftFigures(ctx: Reading, report: Pick<ReportRow, 'townId' | 'month'>) {
  const { from, to } = monthPeriod(report.month);
  return figuresOf(ctx, { unitId: report.townId, period: { from, to } });
}

/** The report's deadline under the setting whether the 15th itself still counts (DESIGN §9a; it does unless set otherwise). */
export async function deadlineOf(ctx: Reading, month: string): Promise<ReportDeadline> {
  return reportDeadline(month, await localDays(ctx), { includes15th: await settingOf(ctx, 'reportIncludes15th') });
}

/** Which entry of the town's chain its submission is, as `ledger verify --witness` reads it. */
async function entryLine(
  { tx }: Reading,
  { report, town }: { report: ReportRow; town: string },
): Promise<string | null> {
  const { townId, ledgerSeq: seq } = report;
  const entry = seq === null ? undefined : await ledgerReads.entry(tx, { townId, seq });
  return entry ? chainLine({ name: town, seq: entry.seq, hash: entry.hash }) : null;
}

/** A town's monthly report: the draft while it is open, the submitted figures afterwards. */
export async function viewReport(ctx: Reading, reportId: number): Promise<ReportView> {
  const report = await reportReads.byId(ctx.tx, reportId);
  const town = report && (await unitReads.byId(ctx.tx, report.townId));
  if (!report || !town) throw new Error(`monthly report ${reportId} does not exist`);
  const deadline = await deadlineOf(ctx, report.month);
  const submitter = report.submittedBy === null ? undefined : await agentReads.byId(ctx.tx, report.submittedBy);
  const draft = await draftFigures(ctx, report);
  const figures = report.figures ? { ...draft, ...report.figures } : draft;
  return {
    townId: town.id,
    townName: town.name,
    month: report.month,
    monthName: monthPeriod(report.month).label,
    dueAt: deadline.dueAt,
    lastWorkingDayNote: deadline.note,
    figures: reported.map((name) => ({ label: figureSpecs[name].label, value: figureText(name, figures) })),
    submitted:
      report.submittedAt === null
        ? null
        : { by: submitter?.name ?? '', at: report.submittedAt, late: report.late === true },
    ledgerKey: await shortLedgerKey(ctx),
    ledgerEntry: await entryLine(ctx, { report, town: town.name }),
    overdue: report.overdue,
    zone: ctx.zone,
  };
}
