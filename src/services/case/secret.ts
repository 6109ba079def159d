import * as z from 'zod';
import type { ApplicantRow } from '../../../db/repositories/applicant.ts';
import type { Reading } from '../../ctx.ts';
import { type Contact, contactRelations } from '../../domain/contact.ts';
import type { KnownPerson } from '../../domain/hiding.ts';
import { maskName } from '../../domain/name.ts';
import type { Cipher } from '../../vault.ts';
import { type ErrandWords, toldBy } from './told.ts';

/** Who the case is for. Leaves the program only masked, or by private message to somebody who handles the case. */
export type Applicant = KnownPerson;

/** All that is typed about one case and its person. */
type Personal = ErrandWords & { readonly applicant: Applicant };

/** Reads and writes what only an applicant's key opens. `undefined` from `read…` means the person has been erased. */
export interface ApplicantVault {
  readonly applicant: Applicant | undefined;
  /** Seals free text for the ledger, empty ones left out; undefined when nothing is left, or the person has been erased: words about them are kept under their key or not at all. */
  sealNote(note: Readonly<Record<string, string>>): string | undefined;
  openNote(sealed: string): Readonly<Record<string, string>> | undefined;
  openRemarks(sealed: string | null): string | null;
  openOtherErrand(sealed: string | null): string | null;
}

const contactSchema = z.object({ relation: z.enum(contactRelations), phone: z.string(), name: z.string() });

type SealedName = Pick<ApplicantRow, 'wrappedKey' | 'nameSealed'>;

/** Only the name, masked, for a line of a list: one that cannot be read does not cost the others. */
export function maskedNameOf(ctx: Pick<Reading, 'vault'>, row: SealedName): string {
  if (row.wrappedKey === null) return ERASED;
  const name = nameOf(ctx, row);
  return name === undefined ? UNREADABLE : maskName(name);
}

/** The name alone; undefined when the person was erased, or it does not open. */
export function nameOf({ vault }: Pick<Reading, 'vault'>, { wrappedKey, nameSealed }: SealedName): string | undefined {
  if (wrappedKey === null) return undefined;
  try {
    return vault.applicantCipher(wrappedKey).open('applicants.name', nameSealed);
  } catch {
    return undefined;
  }
}

/** The last digits of the telephone; undefined where there is none, or it does not open. */
export function tailOf(ctx: Pick<Reading, 'vault'>, row: SealedApplicant): string | undefined {
  try {
    return openApplicant(ctx, row).applicant?.phone.slice(-4) || undefined;
  } catch {
    return undefined;
  }
}

/** What the applicant told, as it is kept: sealed under a key of their own, and hashed for the search. */
export function sealPersonal({ vault }: Pick<Reading, 'vault'>, personal: Personal) {
  const { wrappedKey, cipher } = vault.newApplicantKey();
  return {
    ...sealErrand(cipher, personal),
    applicant: { ...sealedColumns({ vault }, personal.applicant, cipher), wrappedKey },
    note: sealNote(cipher, toldBy(personal.applicant, personal)),
  };
}

/** The same under the key that the person has already, after a correction. */
export function resealPersonal({ vault }: Pick<Reading, 'vault'>, personal: Personal & { wrappedKey: string }) {
  const cipher = vault.applicantCipher(personal.wrappedKey);
  return {
    ...sealErrand(cipher, personal),
    applicant: sealedColumns({ vault }, personal.applicant, cipher),
  };
}

function sealedColumns(ctx: Pick<Reading, 'vault'>, applicant: Applicant, cipher: Cipher) {
  const { name, phone, idNumber, address, contact } = applicant;
  return {
    ...hashesUnder({ vault: ctx.vault, nth: 0 }, applicant),
    nameSealed: cipher.seal('applicants.name', name),
    phoneSealed: cipher.seal('applicants.phone', phone),
    idNumberSealed: idNumber === null ? null : cipher.seal('applicants.idNumber', idNumber),
    addressSealed: address === null ? null : cipher.seal('applicants.address', address),
    contactSealed: contact === null ? null : cipher.seal('applicants.contact', JSON.stringify(contact)),
  };
}

function sealErrand(cipher: Cipher, { remarks, otherErrand }: ErrandWords) {
  return {
    remarks: remarks ? cipher.seal('cases.remarks', remarks) : null,
    otherErrand: otherErrand ? cipher.seal('cases.otherErrand', otherErrand) : null,
  };
}

/** By which the applicant is found again: under the key that counts first, then under the one that is being left. */
export function searchHashes({ vault }: Pick<Reading, 'vault'>, applicant: Applicant): SearchHashes[] {
  return vault.hashes('name', applicant.name).map((_, nth) => hashesUnder({ vault, nth }, applicant));
}

export type SearchHashes = ReturnType<typeof hashesUnder>;

function hashesUnder({ vault, nth }: Pick<Reading, 'vault'> & { nth: number }, applicant: Applicant) {
  const { name, phone, idNumber, contact } = applicant;
  const hashOf = (lookUp: 'phone' | 'phoneTail' | 'idNumber', value: string | null | undefined) =>
    value ? (vault.hashes(lookUp, value)[nth] ?? null) : null;
  return {
    nameHash: vault.hashes('name', name)[nth] ?? '',
    phoneHash: hashOf('phone', phone),
    phoneTailHash: hashOf('phoneTail', phone),
    idNumberHash: hashOf('idNumber', idNumber),
    contactPhoneHash: hashOf('phone', contact?.phone),
    contactTailHash: hashOf('phoneTail', contact?.phone),
  };
}

export type SealedApplicant = Pick<
  ApplicantRow,
  'wrappedKey' | 'nameSealed' | 'phoneSealed' | 'idNumberSealed' | 'addressSealed' | 'contactSealed'
>;

/** What the row's key opens; no applicant when the person has been erased. */
export function openApplicant(ctx: Pick<Reading, 'vault'>, row: SealedApplicant): ApplicantVault {
  if (row.wrappedKey === null) return vaultOf(undefined, undefined);
  const cipher = ctx.vault.applicantCipher(row.wrappedKey);
  return vaultOf(cipher, {
    name: cipher.open('applicants.name', row.nameSealed),
    phone: cipher.open('applicants.phone', row.phoneSealed),
    idNumber: row.idNumberSealed && cipher.open('applicants.idNumber', row.idNumberSealed),
    address: row.addressSealed && cipher.open('applicants.address', row.addressSealed),
    contact: row.contactSealed === null ? null : readContact(cipher.open('applicants.contact', row.contactSealed)),
  });
}

function readContact(text: string): Contact {
  return contactSchema.parse(JSON.parse(text));
}

/** Both undefined when the person has been erased. */
function vaultOf(cipher: Cipher | undefined, applicant: Applicant | undefined): ApplicantVault {
  return {
    applicant,
    sealNote(note) {
      const said = Object.entries(note).filter(([, text]) => text !== '');
      return cipher && said.length > 0 ? sealNote(cipher, Object.fromEntries(said)) : undefined;
    },
    openNote: (sealed) => (cipher ? (JSON.parse(cipher.open('ledger', sealed)) as Record<string, string>) : undefined),
    openRemarks: (sealed) => (cipher && sealed !== null ? cipher.open('cases.remarks', sealed) : null),
    openOtherErrand: (sealed) => (cipher && sealed !== null ? cipher.open('cases.otherErrand', sealed) : null),
  };
}

/** Free text and personal data for the ledger, under the applicant's own key. */
function sealNote(cipher: Cipher, note: Readonly<Record<string, string>>): string {
  return cipher.seal('ledger', JSON.stringify(note));
}

export const ERASED = '（已删除）';
/** Stands for what is there and does not open. */
export const UNREADABLE = '（读不出）';
