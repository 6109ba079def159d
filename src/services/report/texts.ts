/** The three free texts of a monthly report. What is typed stays as it is, sealed, in the draft; what leaves it is masked. */
import { createHash } from 'node:crypto';
import { type ReportTextRow, type ReportVersionRow, reportReads } from '../../../db/repositories/report.ts';
import type { Reading } from '../../ctx.ts';
import { noReportTexts, type ReportTextName, type ReportTexts, reportTextNames } from '../../domain/report.ts';
import { openedBy, type Vault } from '../../vault.ts';
import { formerRecordKeys } from '../data-key/record-keys.ts';
import { hideResidents } from '../hide-residents.ts';

/** The draft's texts as they were typed, and who saved each last. */
export interface DraftTexts {
  readonly typed: ReportTexts;
  readonly saved: Partial<Readonly<Record<ReportTextName, Pick<ReportTextRow, 'savedAt' | 'savedBy'>>>>;
}

export async function draftTexts({ tx, vault }: Pick<Reading, 'tx' | 'vault'>, reportId: number): Promise<DraftTexts> {
  const rows = await reportReads.texts(tx, reportId);
  const typed = rows.map((row) => [row.name, openText(vault, row)]);
  const saved = rows.map(({ name, savedAt, savedBy }) => [name, { savedAt, savedBy }]);
  return { typed: { ...noReportTexts, ...Object.fromEntries(typed) }, saved: Object.fromEntries(saved) };
}

/** As it was typed. Throws when it opens under neither key. */
export function openText(vault: Pick<Vault, 'open'>, row: ReportTextRow): string {
  return vault.open(textContext(row), row.wordsSealed);
}

/** The same text under the key that seals now. Throws when it opens under neither key. */
export function resealText(vault: Vault, row: ReportTextRow): string {
  return vault.reseal(textContext(row), row.wordsSealed);
}

export function sealText(
  vault: Vault,
  text: Pick<ReportTextRow, 'reportId' | 'name'> & { readonly words: string },
): string {
  return vault.seal(textContext(text), text.words);
}

/** As others read them: without names, numbers and addresses of residents, as far as a program finds them. `hides`: something was hidden. */
export async function maskTexts(
  ctx: Pick<Reading, 'tx' | 'vault'>,
  { townId, typed }: { townId: number; typed: ReportTexts },
): Promise<{ readonly texts: ReportTexts; readonly hides: boolean }> {
  const masked = { ...typed };
  let hides = false;
  for (const name of reportTextNames) {
    const hidden = await hideResidents(ctx, { unitId: townId, text: typed[name] });
    masked[name] = hidden.text;
    hides ||= hidden.hides;
  }
  return { texts: masked, hides };
}

/** By it a form tells which text it was drawn with; it begins with a letter, so that it never reads as a number. */
export function textMark(words: string): string {
  return `m${createHash('sha256').update(words).digest('hex').slice(0, MARK_DIGITS)}`;
}

const MARK_DIGITS = 12;

/** What a version keeps sealed: its texts, and why it corrects the one before it ('' where it corrects none). */
export interface VersionTexts extends ReportTexts {
  readonly reason: string;
}

/** As it stands in the version's entry, too, where nothing can be sealed anew. */
export function sealVersion({ records }: Vault, version: VersionPlace, texts: VersionTexts): string {
  return records.seal(versionContext(version), JSON.stringify(texts));
}

/** Why the banner sent a version back; likewise. */
export function sealReason({ records }: Vault, version: VersionPlace, reason: string): string {
  return records.seal(reasonContext(version), reason);
}

/** Opens what versions keep, under whichever `DATA_KEY` it was written. */
export interface VersionOpener {
  texts(version: Pick<ReportVersionRow, 'reportId' | 'number' | 'textsSealed'>): VersionTexts;
  /** '' of a version that was not sent back. */
  reason(version: Pick<ReportVersionRow, 'reportId' | 'number' | 'reasonSealed'>): string;
}

export async function versionOpener(ctx: Pick<Reading, 'tx' | 'vault'>): Promise<VersionOpener> {
  const keys = [ctx.vault.records, ...(await formerRecordKeys(ctx))];
  return {
    // Only `sealVersion` writes it.
    texts: (version) =>
      JSON.parse(openedBy(keys, { context: versionContext(version), sealed: version.textsSealed })) as VersionTexts,
    reason: (version) =>
      version.reasonSealed === null
        ? ''
        : openedBy(keys, { context: reasonContext(version), sealed: version.reasonSealed }),
  };
}

type VersionPlace = Pick<ReportVersionRow, 'reportId' | 'number'>;

function textContext({ reportId, name }: Pick<ReportTextRow, 'reportId' | 'name'>): string {
  return `report_texts.words:${reportId}:${name}`;
}

function versionContext({ reportId, number }: VersionPlace): string {
  return `report_versions.texts:${reportId}:${number}`;
}

function reasonContext({ reportId, number }: VersionPlace): string {
  return `report_versions.reason:${reportId}:${number}`;
}
