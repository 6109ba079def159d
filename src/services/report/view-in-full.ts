import type { ReportInFull } from '../../../cards/report-in-full.ts';
import { type ReportDifference, reportDifferences, reportLines } from '../../../cards/report-lines.ts';
import { reportTextWords } from '../../../cards/words.ts';
import { type ReportRow, type ReportVersionRow, reportReads } from '../../../db/repositories/report.ts';
import { personOf, type Reading, type Staff, today } from '../../ctx.ts';
import type { Figures } from '../../domain/figures.ts';
import { monthPeriod } from '../../domain/period.ts';
import { noReportTexts, type ReportTextName, type ReportTexts, reportTextNames } from '../../domain/report.ts';
import type { ReportParts } from '../../domain/report-figures.ts';
import { may } from '../../domain/rights.ts';
import { UNDO_MS } from '../../domain/undo.ts';
import { Refused } from '../../refusals.ts';
import { lineageAbove } from './banner.ts';
import { fixedFigures } from './differences.ts';
import { reportFigures } from './figures.ts';
import { type ReportPlace, reporterNames, reports, townOf } from './reporter.ts';
import { draftTexts, maskTexts, type VersionOpener, versionOpener } from './texts.ts';
import { deadlineOf, entryLine, type NameOf, names, type ReportFile, readReport, submissionOf } from './view.ts';

/** What one of the staff may do with a town's report. */
export interface ReportRights {
  /** Writes and submits it. */
  readonly reporter: boolean;
  /** Receives it: its managers above the town. */
  readonly receiver: boolean;
}

/** Who may read a town's report in full: whoever writes it, and who receives it. */
export async function readerRights(
  ctx: Pick<Reading, 'tx'>,
  { staff, townId }: { staff: Staff; townId: number },
): Promise<ReportRights> {
  const above = await lineageAbove(ctx, townId);
  return {
    reporter: await reports(ctx, { staff, town: { id: townId } }),
    receiver: may('receiveReports', personOf(staff), { unitLine: above }),
  };
}

/**
 * As `readerRights`. Refuses `report_not_yours`, which says who reports, and a month that has not begun.
 */
export async function requireReader(
  ctx: Reading,
  { staff, place }: { staff: Staff; place: ReportPlace },
): Promise<ReportRights> {
  const town = await townOf(ctx, place.townId);
  const rights = await readerRights(ctx, { staff, townId: town.id });
  if (!rights.reporter && !rights.receiver) {
    throw new Refused('report_not_yours', { town: town.name, who: await reporterNames(ctx, town) });
  }
  const period = monthPeriod(place.month);
  if (period.from > today(ctx)) throw new Refused('period_ahead', { period: period.label });
  return rights;
}

/** The whole of a town's report: what was submitted, or the draft. A draft's texts are only for whoever writes them. */
export async function viewReportInFull(
  ctx: Reading,
  { place, rights, staff }: { place: ReportPlace; rights: ReportRights; staff: Staff },
): Promise<ReportInFull> {
  const town = await townOf(ctx, place.townId);
  const found = await reportReads.ofTown(ctx.tx, place);
  const file = await readReport(ctx, found ?? { ...nothingYet, ...place });
  const { report, standing, versions } = file;
  const deadline = await deadlineOf(ctx, place.month);
  const nameOf = await names(
    ctx,
    versions.flatMap(({ submittedBy, endedBy }) => [submittedBy, endedBy]),
  );
  const now = rights.reporter || !standing ? await reportFigures(ctx, place) : undefined;
  const draft = rights.reporter ? await draftOf(ctx, report) : null;
  const opener = await versionOpener(ctx);
  const shown = standing ? { figures: fixedFigures(standing), parts: standing.parts } : now;
  if (!shown) throw new Error('a report that does not stand has its figures of now');
  return {
    ...place,
    ...rights,
    townName: town.name,
    monthName: monthPeriod(place.month).label,
    over: today(ctx) > monthPeriod(place.month).to,
    dueAt: deadline.dueAt,
    lastWorkingDayNote: deadline.note,
    submitted: submissionOf(report, nameOf),
    overdue: report.overdue,
    version: standing?.number ?? null,
    lines: reportLines(shown.figures, shown.parts),
    parts: shown.parts,
    nothing: shown.figures.registered + shown.figures.completed + shown.figures.open === 0,
    texts: standing ? opener.texts(standing) : (draft?.texts ?? noReportTexts),
    draft: draft && { masked: draft.masked, saved: draft.saved },
    waiting: standing && now && draft ? waitingChanges(opener, { standing, now, texts: draft.texts }) : [],
    versions: versions.map((version) => versionView(opener, { version, versions, nameOf })),
    returned: file.returned
      ? {
          by: nameOf(file.returned.endedBy),
          at: file.returned.endedAt ?? 0,
          reason: opener.reason(file.returned),
        }
      : null,
    undoUntil: undoUntil(ctx, { standing, staff }),
    ledgerEntry: await entryLine(ctx, { version: standing, town }),
    drawnAt: ctx.now,
    zone: ctx.zone,
  };
}

/** Until when somebody may take back the version that stands; null: it is not theirs, or the time is over. */
function undoUntil(
  { now }: Pick<Reading, 'now'>,
  { standing, staff }: { standing: ReportVersionRow | undefined; staff: Staff },
): number | null {
  if (standing?.submittedBy !== staff.agent.id) return null;
  const until = standing.submittedAt + UNDO_MS;
  return now < until ? until : null;
}

const nothingYet = {
  id: 0,
  version: null,
  submittedAt: null,
  submittedBy: null,
  late: null,
  overdue: false,
  urgedAt: null,
} satisfies Partial<ReportRow>;

/** The draft's texts as others will read them, whether something is hidden there, and who saved which. */
async function draftOf(ctx: Reading, { id, townId }: Pick<ReportRow, 'id' | 'townId'>) {
  const draft = await draftTexts(ctx, id);
  const { texts, hides } = await maskTexts(ctx, { townId, typed: draft.typed });
  const nameOf = await names(
    ctx,
    Object.values(draft.saved).map((saved) => saved?.savedBy),
  );
  const saved = reportTextNames.flatMap((name) => {
    const one = draft.saved[name];
    return one ? [{ name, by: nameOf(one.savedBy), at: one.savedAt }] : [];
  });
  return { texts, masked: hides, saved };
}

interface Now {
  readonly figures: Figures;
  readonly parts: ReportParts;
}

/** What a 更正 would change of the version that stands. */
function waitingChanges(
  opener: VersionOpener,
  { standing, now, texts }: { standing: ReportVersionRow; now: Now; texts: ReportTexts },
): ReportDifference[] {
  const was = { figures: fixedFigures(standing), parts: standing.parts };
  return [...reportDifferences(was, now), ...textDifferences(opener.texts(standing), texts)];
}

function textDifferences(before: ReportTexts, after: ReportTexts): ReportDifference[] {
  return reportTextNames.flatMap((name: ReportTextName) =>
    before[name] === after[name]
      ? []
      : [{ label: reportTextWords[name], before: before[name] || '（空）', after: after[name] || '（空）' }],
  );
}

function versionView(
  opener: VersionOpener,
  { version, versions, nameOf }: { version: ReportVersionRow; versions: ReportFile['versions']; nameOf: NameOf },
): ReportInFull['versions'][number] {
  const before = versions.find(({ number }) => number === version.number - 1);
  const texts = opener.texts(version);
  const counted = (one: ReportVersionRow) => ({ figures: fixedFigures(one), parts: one.parts });
  return {
    number: version.number,
    by: nameOf(version.submittedBy),
    at: version.submittedAt,
    late: version.late,
    corrects: version.corrects,
    reason: texts.reason,
    ending: version.ending,
    endedBy: nameOf(version.endedBy),
    endedAt: version.endedAt,
    returnReason: opener.reason(version),
    differences: before
      ? [...reportDifferences(counted(before), counted(version)), ...textDifferences(opener.texts(before), texts)]
      : [],
  };
}
