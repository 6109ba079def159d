import type { ReportDraftView } from '../../../cards/report-draft.ts';
import { reportReads } from '../../../db/repositories/report.ts';
import type { Ctx } from '../../ctx.ts';
import { type ReportTextName, type ReportTexts, reportTextNames } from '../../domain/report.ts';
import { type ReportPlace, requireReporter } from './reporter.ts';
import { draftTexts, textMark } from './texts.ts';
import { names } from './view.ts';

/**
 * The form of a report's texts, for whoever writes them. `own`: what was typed into those that colleagues have changed meanwhile; it stays
 * in the fields, with theirs above.
 */
export async function viewReportDraft(
  ctx: Ctx,
  { own, ...place }: ReportPlace & { own?: { typed: ReportTexts; names: readonly ReportTextName[] } },
): Promise<ReportDraftView> {
  const { town, period } = await requireReporter(ctx, place);
  const report = await reportReads.ofTown(ctx.tx, place);
  const { typed, saved } = await draftTexts(ctx, report?.id ?? 0);
  const nameOf = await names(
    ctx,
    Object.values(saved).map((one) => one?.savedBy),
  );
  const kept = own?.names ?? [];
  return {
    townId: town.id,
    townName: town.name,
    month: place.month,
    monthName: period.label,
    texts: own ? { ...typed, ...Object.fromEntries(kept.map((name) => [name, own.typed[name]])) } : typed,
    seen: reportTextNames.map((name) => textMark(typed[name])).join(''),
    saved: reportTextNames.flatMap((name) => {
      const one = saved[name];
      return one ? [{ name, by: nameOf(one.savedBy), at: one.savedAt }] : [];
    }),
    newer: kept.map((name) => ({ name, words: typed[name] })),
    now: ctx.now,
    zone: ctx.zone,
  };
}

/** The marks of the texts that a form was drawn with. */
export function marksOf(seen: string): Readonly<Record<ReportTextName, string>> {
  const length = seen.length / reportTextNames.length;
  const marks = reportTextNames.map((name, index) => [name, seen.slice(index * length, (index + 1) * length)]);
  // The names are those of `reportTextNames`, and each has its mark.
  return Object.fromEntries(marks) as Record<ReportTextName, string>;
}
