import { fit } from '../../../cards/kit.ts';
import { reportForm } from '../../../cards/report-forms.ts';
import { type ReportRow, reportWrites } from '../../../db/repositories/report.ts';
import type { Ctx } from '../../ctx.ts';
import { REPORT_TEXT_MAX, type ReportTextName, type ReportTexts, reportTextNames } from '../../domain/report.ts';
import { Refused } from '../../refusals.ts';
import { type ReportPlace, requireReporter } from './reporter.ts';
import { draftTexts, sealText, textMark } from './texts.ts';

/** `newer`: what colleagues have written into these texts since the form was drawn; nothing of what was typed there is saved. */
export type TextsSaved =
  | { readonly kind: 'saved'; readonly report: ReportRow }
  | { readonly kind: 'newer'; readonly report: ReportRow; readonly names: readonly ReportTextName[] };

/**
 * Saves the texts of a draft, each by itself. `seen`: the marks of those that the form was drawn with. A text that was left as it was drawn
 * is not touched; one that a colleague has changed meanwhile is not overwritten.
 */
export async function saveReportTexts(
  ctx: Ctx,
  { typed, seen, ...place }: ReportPlace & { typed: ReportTexts; seen: Readonly<Record<ReportTextName, string>> },
): Promise<TextsSaved> {
  const { agent } = await requireReporter(ctx, place);
  const report = await reportWrites.open(ctx.tx, place);
  const { typed: stored } = await draftTexts(ctx, report.id);
  const newer: ReportTextName[] = [];
  for (const name of reportTextNames) {
    const words = asDrawn(typed[name], reportForm[name].label);
    const isTouched = textMark(words) !== seen[name];
    if (!isTouched || words === stored[name]) continue;
    if (textMark(stored[name]) !== seen[name]) {
      newer.push(name);
      continue;
    }
    const wordsSealed = sealText(ctx.vault, { reportId: report.id, name, words });
    await reportWrites.saveText(ctx.tx, {
      reportId: report.id,
      name,
      wordsSealed,
      savedAt: ctx.now,
      savedBy: agent.id,
    });
  }
  return newer.length > 0 ? { kind: 'newer', report, names: newer } : { kind: 'saved', report };
}

/**
 * The text as a field shows it: only so a field that nobody touched comes back as it was drawn. Refuses one that a field would cut, which
 * is measured in code units, as clients do.
 */
function asDrawn(words: string, field: string): string {
  const drawn = fit(words, Number.POSITIVE_INFINITY).trim();
  if (drawn.length > REPORT_TEXT_MAX) throw new Refused('text_too_long', { field, max: String(REPORT_TEXT_MAX) });
  return drawn;
}
