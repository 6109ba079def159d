/** What a correction changed of what the applicant told, as the ledger keeps it: sealed, old and new. */
import * as z from 'zod';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import type { Applicant, ApplicantVault } from './secret.ts';

/** What the applicant told of themselves and of the errand: sealed in the row and in the ledger. */
export const toldNames = ['name', 'phone', 'idNumber', 'address', 'remarks'] as const;
export type Told = Readonly<Record<(typeof toldNames)[number], string>>;

const changesSchema = z.partialRecord(z.enum(toldNames), z.object({ from: z.string(), to: z.string() }));
export type ToldChanges = z.infer<typeof changesSchema>;

/** '' for what is not known. */
export function toldBy({ name, phone, idNumber, address }: Applicant, remarks: string | null): Told {
  return { name, phone, idNumber: idNumber ?? '', address: address ?? '', remarks: remarks ?? '' };
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
  let person = secrets.applicant;
  return toldChanges(entries, secrets)
    .toReversed()
    .map(({ name, phone, idNumber, address }) => {
      person = {
        name: name?.from ?? person.name,
        phone: phone?.from ?? person.phone,
        idNumber: idNumber ? idNumber.from || null : person.idNumber,
        address: address ? address.from || null : person.address,
      };
      return person;
    });
}
