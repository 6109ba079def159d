import { isDeepStrictEqual } from 'node:util';
import { reportLines } from '../../../cards/report-lines.ts';
import type { ReportVersionRow } from '../../../db/repositories/report.ts';
import { type Figures, noFigures } from '../../domain/figures.ts';
import { type ReportTexts, reportTextNames } from '../../domain/report.ts';
import type { ReportParts } from '../../domain/report-figures.ts';

/** The figures of a version, as they were fixed; a counter that came later counts nothing in it. */
export function fixedFigures(version: Pick<ReportVersionRow, 'figures'>): Figures {
  return { ...noFigures, ...version.figures };
}

/** Whether a 更正 would change nothing but what changes by itself (超期在办). */
export function isSameVersion(
  standing: Pick<ReportVersionRow, 'figures' | 'parts'> & { readonly texts: ReportTexts },
  now: { readonly figures: Figures; readonly parts: ReportParts; readonly texts: ReportTexts },
): boolean {
  const lasting = (figures: Figures, parts: ReportParts) =>
    reportLines(figures, parts).flatMap(({ label, value, standsNow }) => (standsNow ? [] : [[label, value]]));
  return (
    reportTextNames.every((name) => standing.texts[name] === now.texts[name]) &&
    isDeepStrictEqual(lasting(fixedFigures(standing), standing.parts), lasting(now.figures, now.parts))
  );
}
