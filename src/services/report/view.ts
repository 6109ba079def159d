import { type FigureName, figureSpecs, figureText } from '../../../cards/figures.ts';
import type { ReportView } from '../../../cards/report.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { type ReportRow, type ReportVersionRow, reportReads } from '../../../db/repositories/report.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { type ReportDeadline, reportDeadline } from '../../domain/report.ts';
import { shortLedgerKey } from '../ledger/key.ts';
import { chainLine } from '../ledger/witness.ts';
import { localDays } from '../setting/calendar.ts';
import { settingOf } from '../settings.ts';
import { figuresOf } from '../stats/whole-figures.ts';
import { fixedFigures } from './differences.ts';
import { versionOpener } from './texts.ts';

/** What a report tells at a glance. */
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

/** The report's deadline under the setting whether the 15th itself still counts (it does unless set otherwise). */
export async function deadlineOf(ctx: Reading, month: string): Promise<ReportDeadline> {
  return reportDeadline(month, await localDays(ctx), { includes15th: await settingOf(ctx, 'reportIncludes15th') });
}

/** Which entry of the town's chain its submission is, as `ledger verify --witness` reads it. */
export async function entryLine(
  { tx }: Pick<Reading, 'tx'>,
  { version, town }: { version: Pick<ReportVersionRow, 'ledgerSeq'> | undefined; town: UnitRow },
): Promise<string | null> {
  const entry = version && (await ledgerReads.entry(tx, { townId: town.id, seq: version.ledgerSeq }));
  return entry ? chainLine({ name: town.name, seq: entry.seq, hash: entry.hash }) : null;
}

/** A report with its town and all its versions, the newest first. */
export interface ReportFile {
  readonly report: ReportRow;
  readonly town: UnitRow;
  readonly versions: readonly ReportVersionRow[];
  /** The version that stands. */
  readonly standing: ReportVersionRow | undefined;
  /** Of an open report: the version that the banner has sent back. */
  readonly returned: ReportVersionRow | undefined;
}

export async function readReport({ tx }: Pick<Reading, 'tx'>, report: ReportRow): Promise<ReportFile> {
  const town = await unitReads.byId(tx, report.townId);
  if (!town) throw new Error(`monthly report ${report.id} has no town`);
  const versions = await reportReads.versions(tx, report.id);
  const standing = versions.find(({ number }) => number === report.version);
  const [newest] = versions;
  return {
    report,
    town,
    versions,
    standing,
    returned: !standing && newest?.ending === 'returned' ? newest : undefined,
  };
}

/** A town's monthly report at a glance: the draft while it is open, the submitted figures afterwards. */
export async function viewReport(ctx: Reading, reportId: number): Promise<ReportView> {
  const found = await reportReads.byId(ctx.tx, reportId);
  if (!found) throw new Error(`monthly report ${reportId} does not exist`);
  const { report, town, standing, returned } = await readReport(ctx, found);
  const deadline = await deadlineOf(ctx, report.month);
  const nameOf = await names(ctx, [report.submittedBy, standing?.submittedBy, returned?.endedBy]);
  const { from, to } = monthPeriod(report.month);
  const figures = standing
    ? fixedFigures(standing)
    : await figuresOf(ctx, { unitId: report.townId, period: { from, to } });
  return {
    townId: town.id,
    townName: town.name,
    month: report.month,
    monthName: monthPeriod(report.month).label,
    dueAt: deadline.dueAt,
    lastWorkingDayNote: deadline.note,
    figures: reported.map((name) => ({ label: figureSpecs[name].label, value: figureText(name, figures) })),
    submitted: submissionOf(report, nameOf),
    corrected: standing?.corrects ? { by: nameOf(standing.submittedBy), at: standing.submittedAt } : null,
    returned: returned
      ? { by: nameOf(returned.endedBy), at: returned.endedAt ?? 0, reason: (await versionOpener(ctx)).reason(returned) }
      : null,
    ledgerKey: await shortLedgerKey(ctx),
    ledgerEntry: await entryLine(ctx, { version: standing, town }),
    overdue: report.overdue,
    zone: ctx.zone,
  };
}

export function submissionOf(report: ReportRow, nameOf: NameOf): ReportView['submitted'] {
  if (report.submittedAt === null) return null;
  return { by: nameOf(report.submittedBy), at: report.submittedAt, late: report.late === true };
}

/** '' for nobody. */
export type NameOf = (agentId: number | null | undefined) => string;

export async function names({ tx }: Pick<Reading, 'tx'>, ids: readonly (number | null | undefined)[]): Promise<NameOf> {
  const known = [...new Set(ids.flatMap((id) => id ?? []))];
  const people = new Map(
    (known.length === 0 ? [] : await agentReads.byIds(tx, known)).map(({ id, name }) => [id, name]),
  );
  return (agentId) => people.get(agentId ?? 0) ?? '';
}
