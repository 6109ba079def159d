/**
 * Protection of personal data: AES-256-GCM under keys derived from `DATA_KEY`, and keyed hashes for look-up.
 * Each applicant has a key of their own, wrapped here; without it the sealed columns and that person's part of the
 * ledger are unreadable for good, which is how a person is erased while the chain still verifies.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { type LookUp, normalForms } from './domain/look-up.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** Version of the key that wraps new applicants' keys. */
const KEY_VERSION = 1;

/**
 * Seals and opens text. `context` names the column and, under a key that many rows share, the row (`agents.phone:ou_…`): moved
 * elsewhere, the text does not open. An applicant's own key already is the row's.
 */
export interface Cipher {
  seal(context: string, text: string): string;
  /** Throws when the text was changed, or sealed under another key or context. */
  open(context: string, sealed: string): string;
  /** The same of bytes: what comes out is 28 bytes longer. */
  sealBytes(context: string, bytes: Uint8Array): Buffer;
  openBytes(context: string, sealed: Uint8Array): Buffer;
}

/**
 * 66 of the hash's bits: among ten million people there are two of one hash with a chance of one in a million. An index holds twice
 * as many to a page as of whole hashes, and who has three thousand namesakes is found by reading pages.
 */
const HASH_CHARACTERS = 11;

const LOT_BYTES = 6;

export interface Vault extends Cipher {
  /** Keyed hash of a value, the same for every spelling of it; only within one look-up and one `DATA_KEY`. */
  hash(lookUp: LookUp, value: string): string;
  /** Keyed hash that a set-up code is kept as. */
  hashSetupCode(code: string): string;
  /** Keyed hash by which an order that waits is known again, without a word of it. */
  hashOrder(order: string): string;
  /** Keyed hash that stands in the ledger for a number somebody typed. */
  hashExternalNumber(externalNumber: string): string;
  /** Where a case lies in a draw by lot, from 0 to below 1: always the same, and not to be told without the key. */
  lotOf(caseNumber: string): number;
  newApplicantKey(): { wrappedKey: string; keyVersion: number; cipher: Cipher };
  applicantCipher(wrappedKey: string): Cipher;
}

/** @param dataKey 32 bytes. Throws otherwise. */
export function createVault(dataKey: Buffer): Vault {
  if (dataKey.length !== KEY_BYTES) throw new Error(`DATA_KEY must be ${KEY_BYTES} bytes, got ${dataKey.length}`);
  const own = cipherOf(derive(dataKey, 'seal'));
  const wrapping = cipherOf(derive(dataKey, 'wrap'));
  const hashKey = derive(dataKey, 'hash');
  const keyedHash = (text: string) => createHmac('sha256', hashKey).update(text).digest('base64url');
  return {
    ...own,
    hash: (lookUp, value) => keyedHash(`${lookUp}:${normalForms[lookUp](value)}`).slice(0, HASH_CHARACTERS),
    hashSetupCode: (code) => keyedHash(`setupCode:${code}`),
    hashOrder: (order) => keyedHash(`order:${order}`),
    hashExternalNumber: (number) => keyedHash(`externalNumber:${number}`).slice(0, HASH_CHARACTERS),
    lotOf: (caseNumber) =>
      createHmac('sha256', hashKey).update(`lot:${caseNumber}`).digest().readUIntBE(0, LOT_BYTES) /
      2 ** (8 * LOT_BYTES),
    newApplicantKey() {
      const key = drawn(KEY_BYTES);
      const wrappedKey = wrapping.seal('applicants.key', key.toString('base64'));
      return { wrappedKey, keyVersion: KEY_VERSION, cipher: cipherOf(createSecretKey(key)) };
    },
    applicantCipher: (wrappedKey) => cipherOf(createSecretKey(wrapping.open('applicants.key', wrappedKey), 'base64')),
  };
}

function derive(dataKey: Buffer, purpose: string): KeyObject {
  const key = hkdfSync('sha256', dataKey, Buffer.alloc(0), `daiban:${purpose}:v1`, KEY_BYTES);
  return createSecretKey(Buffer.from(key));
}

/** Without it Node takes a tag of four bytes for good, which is short enough to be guessed. */
const lengths = { authTagLength: TAG_BYTES };

const DRAWN_TOGETHER = 8192;
/** Drawn ahead, because asking the system for twelve bytes costs as much as for thousands. Each byte is given out once. */
let ahead = Buffer.alloc(0);

function drawn(bytes: number): Buffer {
  if (ahead.length < bytes) ahead = randomBytes(DRAWN_TOGETHER);
  const given = ahead.subarray(0, bytes);
  ahead = ahead.subarray(bytes);
  return given;
}

function cipherOf(key: KeyObject): Cipher {
  function sealBytes(context: string, bytes: Uint8Array): Buffer {
    const iv = drawn(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv, lengths).setAAD(Buffer.from(context));
    const body = [cipher.update(bytes), cipher.final()];
    return Buffer.concat([iv, cipher.getAuthTag(), ...body]);
  }

  function openBytes(context: string, bytes: Uint8Array): Buffer {
    const iv = bytes.subarray(0, IV_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', key, iv, lengths).setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const opened = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    // GCM holds nothing back: this adds no byte, it only throws when the tag is wrong.
    decipher.final();
    return opened;
  }

  return {
    sealBytes,
    openBytes,
    seal: (context, text) => sealBytes(context, Buffer.from(text)).toString('base64url'),
    open: (context, sealed) => openBytes(context, Buffer.from(sealed, 'base64url')).toString('utf8'),
  };
}
