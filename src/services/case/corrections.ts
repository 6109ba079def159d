/** What a correction changed of what the applicant told, as the ledger keeps it: sealed, old and new. */
import * as z from 'zod';
import { contactWords } from '../../../cards/words.ts';
import type { CaseRow } from '../../../db/repositories/case.ts';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import { parseContact } from '../../domain/contact.ts';
import type { Applicant, ApplicantVault } from './secret.ts';

/** What the applicant told of themselves and of the errand: sealed in the row and in the ledger. */
export const toldNames = ['name', 'phone', 'contact', 'idNumber', 'address', 'otherErrand', 'remarks'] as const;
export type Told = Readonly<Record<(typeof toldNames)[number], string>>;

const changesSchema = z.partialRecord(z.enum(toldNames), z.object({ from: z.string(), to: z.string() }));
export type ToldChanges = z.infer<typeof changesSchema>;

/** What of a case was typed besides who it is for. */
export interface ErrandWords {
  readonly otherErrand: string | null;
  readonly remarks: string | null;
}

/** Of a case's row. */
export function errandWords(
  record: Pick<CaseRow, 'otherErrandSealed' | 'remarksSealed'>,
  { openOtherErrand, openRemarks }: Pick<ApplicantVault, 'openOtherErrand' | 'openRemarks'>,
): ErrandWords {
  return { otherErrand: openOtherErrand(record.otherErrandSealed), remarks: openRemarks(record.remarksSealed) };
}

/** '' for what is not known. */
export function toldBy({ name, phone, idNumber, address, contact }: Applicant, errand: ErrandWords): Told {
  return {
    ...{ name, phone, idNumber: idNumber ?? '', address: address ?? '' },
    contact: contact ? contactWords(contact) : '',
    otherErrand: errand.otherErrand ?? '',
    remarks: errand.remarks ?? '',
  };
}

/** Whom it is told of; the opposite of `toldBy`. */
export function applicantOf(told: Omit<Told, keyof ErrandWords>): Applicant {
  const { name, phone, idNumber, address } = told;
  const contact = told.contact === '' ? undefined : parseContact(told.contact);
  return {
    ...{ name, phone, idNumber: idNumber || null, address: address || null },
    contact: contact?.ok ? contact.value : null,
  };
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
