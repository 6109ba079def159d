import { agentReads } from '../../../db/repositories/agent.ts';
import { type ReportRow, reportReads, reportWrites } from '../../../db/repositories/report.ts';
import { type Ctx, today } from '../../ctx.ts';
import type { Period } from '../../domain/period.ts';
import { isLate } from '../../domain/report.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { refreshCards } from '../card/place.ts';
import { hideResidents } from '../hide-residents.ts';
import { appendLedger } from '../ledger/append.ts';
import { isSameVersion } from './differences.ts';
import { reportFigures } from './figures.ts';
import { type Reporting, type ReportPlace, requireReporter } from './reporter.ts';
import { draftTexts, maskTexts, sealVersion, type VersionTexts, versionOpener } from './texts.ts';
import { deadlineOf } from './view.ts';

/** 确认报送: fixes a town's figures and texts of a month that is over, as a version of its own. */
export async function submitReport(ctx: Ctx, place: ReportPlace): Promise<ReportRow> {
  const reporting = await requireReporter(ctx, place);
  const { agent, town, period } = reporting;
  requireOver(ctx, period);
  const open = await reportWrites.open(ctx.tx, place);
  if (open.version !== null) {
    const by = open.submittedBy === null ? undefined : await agentReads.byId(ctx.tx, open.submittedBy);
    throw new Refused('report_already', { town: town.name, month: period.label, who: by?.name ?? '同事' });
  }
  const late = isLate(ctx.now, await deadlineOf(ctx, place.month));
  const { typed } = await draftTexts(ctx, open.id);
  const texts = { ...(await maskTexts(ctx, { townId: place.townId, typed })).texts, reason: '' };
  const number = await addVersion(ctx, { report: open, reporting, late, texts, corrects: null });
  const since = { submittedAt: ctx.now, submittedBy: agent.id, late };
  const submitted = await reportWrites.stand(ctx.tx, { ...since, id: open.id, version: number });
  await refreshReportCards(ctx, open.id);
  return submitted;
}

/**
 * 确认更正: what was submitted stays as it is, and a further version stands in its place. When the report came, and whether that was
 * late, does not change. `version`: the one that the card showed.
 */
export async function correctReport(
  ctx: Ctx,
  { version, reason, ...place }: ReportPlace & { version: number; reason: string },
): Promise<ReportRow> {
  const reporting = await requireReporter(ctx, place);
  const { town, period } = reporting;
  if (saysNothing(reason)) throw new Refused('report_correct_needs_reason');
  const report = await reportWrites.open(ctx.tx, place);
  if (report.version === null) throw new Refused('report_correct_open', { town: town.name, month: period.label });
  if (report.version !== version) throw new Refused('report_changed', { town: town.name, month: period.label });
  const { typed } = await draftTexts(ctx, report.id);
  const { townId } = place;
  const masked = await maskTexts(ctx, { townId, typed });
  const texts = { ...masked.texts, reason: (await hideResidents(ctx, { unitId: townId, text: reason })).text };
  const standing = (await reportReads.versions(ctx.tx, report.id)).find(({ number }) => number === version);
  const now = { ...(await reportFigures(ctx, place)), texts };
  const opener = await versionOpener(ctx);
  if (!standing || isSameVersion({ ...standing, texts: opener.texts(standing) }, now))
    throw new Refused('report_correct_nothing');
  const number = await addVersion(ctx, { report, reporting, late: standing.late, texts, corrects: version });
  const { submittedAt, submittedBy, late } = report;
  const corrected = await reportWrites.stand(ctx.tx, {
    submittedAt,
    submittedBy,
    late,
    id: report.id,
    version: number,
  });
  await refreshReportCards(ctx, report.id);
  return corrected;
}

/** Brings the cards of a report up to date where they stand. */
export async function refreshReportCards(ctx: Ctx, reportId: number): Promise<void> {
  await refreshCards(ctx, { subject: 'report', subjectId: reportId });
}

function requireOver(ctx: Ctx, { to, label }: Period): void {
  if (today(ctx) <= to) throw new Refused('report_too_early', { month: label });
}

interface NewVersion {
  readonly report: ReportRow;
  readonly reporting: Reporting;
  readonly late: boolean;
  readonly texts: VersionTexts;
  readonly corrects: number | null;
}

/** Writes what the ledger says now as the report's next version, and its entry; returns its number. */
async function addVersion(ctx: Ctx, { report, reporting, late, texts, corrects }: NewVersion): Promise<number> {
  const { townId, month, id: reportId } = report;
  const [newest] = await reportReads.versions(ctx.tx, reportId);
  const number = (newest?.number ?? 0) + 1;
  const { figures, parts } = await reportFigures(ctx, { townId, month });
  const said = { figures: { ...figures }, parts, late, corrects };
  const textsSealed = sealVersion(ctx.vault, { reportId, number }, texts);
  const payload = { ...said, month, version: number, standsInFor: reporting.standsInFor };
  const [{ seq }] = await appendLedger(ctx, { townId, caseId: null, kind: 'report', payload, sealed: textsSealed });
  const by = { submittedAt: ctx.now, submittedBy: reporting.agent.id, ledgerSeq: seq };
  await reportWrites.addVersion(ctx.tx, { ...said, ...by, reportId, number, textsSealed });
  return number;
}
