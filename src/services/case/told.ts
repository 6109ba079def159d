/** What the applicant told, as one text for each thing, '' for what is not known: as it is compared, corrected and sealed in the ledger. */
import { contactWords } from '../../../cards/words.ts';
import { parseContact } from '../../domain/contact.ts';
import type { KnownPerson } from '../../domain/hiding.ts';

/** What the applicant told of themselves and of the errand: sealed in the row and in the ledger. */
export const toldNames = ['name', 'phone', 'contact', 'idNumber', 'address', 'otherErrand', 'remarks'] as const;
export type Told = Readonly<Record<(typeof toldNames)[number], string>>;

/** What of a case was typed besides who it is for. */
export interface ErrandWords {
  readonly otherErrand: string | null;
  readonly remarks: string | null;
}

/** '' for what is not known. */
export function toldBy({ name, phone, idNumber, address, contact }: KnownPerson, errand: ErrandWords): Told {
  return {
    ...{ name, phone, idNumber: idNumber ?? '', address: address ?? '' },
    contact: contact ? contactWords(contact) : '',
    otherErrand: errand.otherErrand ?? '',
    remarks: errand.remarks ?? '',
  };
}

/** Whom it is told of; the opposite of `toldBy`. */
export function applicantOf(told: Omit<Told, keyof ErrandWords>): KnownPerson {
  const { name, phone, idNumber, address } = told;
  const contact = told.contact === '' ? undefined : parseContact(told.contact);
  return {
    ...{ name, phone, idNumber: idNumber || null, address: address || null },
    contact: contact?.ok ? contact.value : null,
  };
}
