import type { ApplicantRow } from '../../../db/repositories/applicant.ts';
import type { Reading } from '../../ctx.ts';
import type { KnownPerson } from '../../domain/hiding.ts';
import { maskName } from '../../domain/name.ts';
import { Refused } from '../../refusals.ts';
import type { Cipher } from '../../vault.ts';

/** Who the case is for. Leaves the program only masked, or by private message to somebody who handles the case. */
export type Applicant = KnownPerson;

/** Reads and writes what only an applicant's key opens. `undefined` from `read…` means the person has been erased. */
export interface ApplicantVault {
  readonly applicant: Applicant | undefined;
  /** Seals free text of a step for the ledger. Refuses when the key is gone. */
  sealNote(note: Readonly<Record<string, string>>): string;
  openNote(sealed: string): Readonly<Record<string, string>> | undefined;
  openRemarks(sealed: string | null): string | null;
}

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

/** What the applicant told, as it is kept: sealed under a key of their own, and hashed for the search. */
export function sealPersonal({ vault }: Pick<Reading, 'vault'>, personal: { applicant: Applicant; remarks: string }) {
  const { name, phone, idNumber, address } = personal.applicant;
  const { wrappedKey, keyVersion, cipher } = vault.newApplicantKey();
  return {
    applicant: { ...sealedColumns({ vault }, personal.applicant, cipher), wrappedKey, keyVersion },
    remarks: sealRemarks(cipher, personal.remarks),
    note: sealNote(cipher, {
      name,
      phone,
      idNumber: idNumber ?? '',
      address: address ?? '',
      remarks: personal.remarks,
    }),
  };
}

/** The same under the key that the person has already, after a correction. */
export function resealPersonal(
  { vault }: Pick<Reading, 'vault'>,
  personal: { wrappedKey: string; applicant: Applicant; remarks: string },
) {
  const cipher = vault.applicantCipher(personal.wrappedKey);
  return {
    applicant: sealedColumns({ vault }, personal.applicant, cipher),
    remarks: sealRemarks(cipher, personal.remarks),
  };
}

function sealedColumns(ctx: Pick<Reading, 'vault'>, applicant: Applicant, cipher: Cipher) {
  const { name, phone, idNumber, address } = applicant;
  return {
    ...searchHashes(ctx, applicant),
    nameSealed: cipher.seal('applicants.name', name),
    phoneSealed: cipher.seal('applicants.phone', phone),
    idNumberSealed: idNumber === null ? null : cipher.seal('applicants.idNumber', idNumber),
    addressSealed: address === null ? null : cipher.seal('applicants.address', address),
  };
}

function sealRemarks(cipher: Cipher, remarks: string): string | null {
  return remarks === '' ? null : cipher.seal('cases.remarks', remarks);
}

/** By which the applicant is found again. */
export function searchHashes({ vault }: Pick<Reading, 'vault'>, { name, phone, idNumber }: Applicant) {
  return {
    nameHash: vault.hash('name', name),
    phoneHash: vault.hash('phone', phone),
    phoneTailHash: vault.hash('phoneTail', phone),
    idNumberHash: idNumber === null ? null : vault.hash('idNumber', idNumber),
  };
}

type Sealed = Pick<ApplicantRow, 'wrappedKey' | 'nameSealed' | 'phoneSealed' | 'idNumberSealed' | 'addressSealed'>;

/** What the row's key opens; no applicant when the person has been erased. */
export function openApplicant(ctx: Pick<Reading, 'vault'>, row: Sealed): ApplicantVault {
  if (row.wrappedKey === null) return vaultOf(undefined, undefined);
  const cipher = ctx.vault.applicantCipher(row.wrappedKey);
  return vaultOf(cipher, {
    name: cipher.open('applicants.name', row.nameSealed),
    phone: cipher.open('applicants.phone', row.phoneSealed),
    idNumber: row.idNumberSealed && cipher.open('applicants.idNumber', row.idNumberSealed),
    address: row.addressSealed && cipher.open('applicants.address', row.addressSealed),
  });
}

/** Both undefined when the person has been erased. */
function vaultOf(cipher: Cipher | undefined, applicant: Applicant | undefined): ApplicantVault {
  return {
    applicant,
    sealNote(note) {
      if (!cipher) throw new Refused('applicant_erased');
      return sealNote(cipher, note);
    },
    openNote: (sealed) => (cipher ? (JSON.parse(cipher.open('ledger', sealed)) as Record<string, string>) : undefined),
    openRemarks: (sealed) => (cipher && sealed !== null ? cipher.open('cases.remarks', sealed) : null),
  };
}

/** Free text and personal data for the ledger, under the applicant's own key. */
function sealNote(cipher: Cipher, note: Readonly<Record<string, string>>): string {
  return cipher.seal('ledger', JSON.stringify(note));
}

export const ERASED = '（已删除）';
/** Stands for what is there and does not open. */
export const UNREADABLE = '（读不出）';
