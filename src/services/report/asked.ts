import { type ReportRow, reportReads } from '../../../db/repositories/report.ts';
import type { Reading } from '../../ctx.ts';

/**
 * Those of the reports that were asked for: they have come, the list of the late named them, or the banner sent them back. The row of a
 * report is no sign of it: a look at a month before the program's time makes one, too.
 */
export async function askedFor({ tx }: Pick<Reading, 'tx'>, reports: readonly ReportRow[]): Promise<ReportRow[]> {
  const versions = await reportReads.versionsOf(
    tx,
    reports.map(({ id }) => id),
  );
  const returned = new Set(versions.filter(({ ending }) => ending === 'returned').map(({ reportId }) => reportId));
  return reports.filter(({ id, submittedAt, overdue }) => submittedAt !== null || overdue || returned.has(id));
}
