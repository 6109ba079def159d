/** What a correction changed of what the applicant told, as the ledger keeps it: sealed, old and new. */
import * as z from 'zod';
import type { CaseRow } from '../../../db/repositories/case.ts';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import type { Applicant, ApplicantVault } from './secret.ts';
import { applicantOf, type ErrandWords, type Told, toldBy, toldNames } from './told.ts';

const changesSchema = z.partialRecord(z.enum(toldNames), z.object({ from: z.string(), to: z.string() }));
export type ToldChanges = z.infer<typeof changesSchema>;

/** Of a case's row. */
export function errandWords(
  record: Pick<CaseRow, 'otherErrandSealed' | 'remarksSealed'>,
  { openOtherErrand, openRemarks }: Pick<ApplicantVault, 'openOtherErrand' | 'openRemarks'>,
): ErrandWords {
  return { otherErrand: openOtherErrand(record.otherErrandSealed), remarks: openRemarks(record.remarksSealed) };
}

export function changesBetween(before: Told, after: Told): ToldChanges {
  const changed = toldNames.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]));
}

/** The note of a correction, to be sealed. */
export function correctionNote(changes: ToldChanges, reason: string): Readonly<Record<string, string>> {
  return { changes: JSON.stringify(changes), reason };
}

/** What the entries of one case changed, oldest first. Nothing where the person has been erased. */
export function toldChanges(
  entries: readonly Pick<LedgerRow, 'kind' | 'sealed'>[],
  secrets: ApplicantVault,
): readonly ToldChanges[] {
  return entries.flatMap(({ kind, sealed }) => {
    const note = kind === 'correct' && sealed !== null ? secrets.openNote(sealed) : undefined;
    return note?.['changes'] === undefined ? [] : [changesSchema.parse(JSON.parse(note['changes']))];
  });
}

/** The person as registered before each correction: free text of those days names them so. */
export function formerApplicants(
  entries: readonly Pick<LedgerRow, 'kind' | 'sealed'>[],
  secrets: ApplicantVault,
): Applicant[] {
  if (!secrets.applicant) return [];
  let told = toldBy(secrets.applicant, { otherErrand: null, remarks: null });
  return toldChanges(entries, secrets)
    .toReversed()
    .map((changes) => {
      const before = toldNames.flatMap((name) => (changes[name] ? [[name, changes[name].from]] : []));
      told = { ...told, ...Object.fromEntries(before) };
      return applicantOf(told);
    });
}
