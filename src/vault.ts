/**
 * Protection of personal data: AES-256-GCM under keys derived from `DATA_KEY`, and keyed hashes for look-up.
 * Each applicant has a key of their own, wrapped here; without it the sealed columns and that person's part of the
 * ledger are unreadable for good, which is how a person is erased while the chain still verifies.
 */
import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { type Cipher, cipherOf, drawn, type Sealer } from './cipher.ts';
import { type LookUp, normalForms } from './domain/look-up.ts';

export type { Cipher } from './cipher.ts';

const KEY_BYTES = 32;
/** Of the mark in front of what is sealed under a `DATA_KEY`: eight hexadecimal digits and a dot. */
const KEY_MARK_BYTES = 4;

/**
 * 66 of the hash's bits: among ten million people there are two of one hash with a chance of one in a million. An index holds twice
 * as many to a page as of whole hashes, and who has three thousand namesakes is found by reading pages.
 */
const HASH_CHARACTERS = 11;

/** Of a hash that stands for a number between 0 and 1. */
const LOT_BYTES = 6;

/**
 * Works under one `DATA_KEY`, or, while the key is being changed, under two: whatever is written is written under the first, and what
 * stands under either is read. What is sealed here begins with the mark of its key.
 */
export interface Vault extends Sealer {
  /** The mark of the key that seals now, and of the other one that opens. */
  readonly keyMark: string;
  readonly formerMark: string | undefined;
  /** The same text under the key that seals now. Throws as `open` does. */
  reseal(context: string, sealed: string): string;
  /** Keyed hash of a value, the same for every spelling of it; only within one look-up and one `DATA_KEY`. */
  hash(lookUp: LookUp, value: string): string;
  /** That hash under each key, the one that counts first: a row has it under whichever it was last written. */
  hashes(lookUp: LookUp, value: string): readonly [string, ...string[]];
  /** Keyed hash that a set-up code is kept as. */
  hashSetupCode(code: string): string;
  isSetupCode(code: string, hash: string): boolean;
  /** Keyed hash by which an order that waits is known again, without a word of it. */
  hashOrder(order: string): string;
  /** Where a case lies in a draw by lot, from 0 to below 1: the same as long as the key is, and not to be told without it. */
  lotOf(caseNumber: string): number;
  readonly records: Records;
  newApplicantKey(): { wrappedKey: string; cipher: Cipher };
  applicantCipher(wrappedKey: string): Cipher;
  /** The same applicant's key, wrapped by the key that seals now. Throws as `open` does. */
  rewrap(wrappedKey: string): string;
}

/**
 * For what stands in the ledger for good, where nothing can be sealed or hashed anew. Its key comes from `DATA_KEY` as well; when that is
 * changed, the former one's is handed on.
 */
export interface Records {
  seal(context: string, text: string): string;
  /** Keyed hash that stands in the ledger for a number somebody typed. */
  hashExternalNumber(externalNumber: string): string;
  /** The record key of the other `DATA_KEY`, sealed by the one that seals now; undefined where no other one is known. */
  handOn(): string | undefined;
  /** A record key that was handed on. Throws when it does not open. */
  formerly(handedOn: string): RecordKeys;
  /** What was handed on, sealed by the key that seals now. Throws as `formerly` does. */
  reseal(handedOn: string): string;
}

/**
 * @param dataKey 32 bytes. Throws otherwise.
 * @param former the key from which, or to which, the database is being changed; it opens, too.
 */
export function createVault(dataKey: Buffer, former?: Buffer): Vault {
  const current = keysOf(dataKey);
  const other = former === undefined ? undefined : keysOf(former);
  const both = other ? [current, other] : [current];
  const underKey = (sealed: string) => {
    const found = both.find(({ mark }) => sealed.startsWith(mark));
    if (!found) throw new Error('sealed under another DATA_KEY');
    return { keys: found, body: sealed.slice(found.mark.length) };
  };
  const open = (context: string, sealed: string) => {
    const { keys, body } = underKey(sealed);
    return keys.own.open(context, body);
  };
  const seal = (context: string, text: string) => current.mark + current.own.seal(context, text);
  const wrap = (key: string) => current.mark + current.wrapping.seal(WRAPPED, key);
  const unwrap = (wrappedKey: string) => {
    const { keys, body } = underKey(wrappedKey);
    return keys.wrapping.open(WRAPPED, body);
  };
  return {
    seal,
    open,
    keyMark: current.mark,
    formerMark: other?.mark,
    reseal: (context, sealed) => seal(context, open(context, sealed)),
    hash: (lookUp, value) => lookUpHash(current, lookUp, value),
    hashes: (lookUp, value) => [
      lookUpHash(current, lookUp, value),
      ...(other ? [lookUpHash(other, lookUp, value)] : []),
    ],
    hashSetupCode: (code) => keyedHash(current.hashing, `setupCode:${code}`),
    isSetupCode: (code, hash) => both.some(({ hashing }) => keyedHash(hashing, `setupCode:${code}`) === hash),
    hashOrder: (order) => keyedHash(current.hashing, `order:${order}`),
    lotOf: (caseNumber) =>
      createHmac('sha256', current.hashing).update(`lot:${caseNumber}`).digest().readUIntBE(0, LOT_BYTES) /
      2 ** (8 * LOT_BYTES),
    records: {
      seal: current.records.seal,
      hashExternalNumber: current.records.hashExternalNumber,
      handOn: () => other && seal(HANDED_ON, other.recordKey.toString('base64')),
      reseal: (handedOn) => seal(HANDED_ON, open(HANDED_ON, handedOn)),
      formerly: (handedOn) => recordsOf(Buffer.from(open(HANDED_ON, handedOn), 'base64')),
    },
    newApplicantKey() {
      const key = drawn(KEY_BYTES);
      return { wrappedKey: wrap(key.toString('base64')), cipher: cipherOf(createSecretKey(key)) };
    },
    applicantCipher: (wrappedKey) => cipherOf(createSecretKey(unwrap(wrappedKey), 'base64')),
    rewrap: (wrappedKey) => wrap(unwrap(wrappedKey)),
  };
}

const WRAPPED = 'applicants.key';
const HANDED_ON = 'settings.recordKeys';

/** What comes from one `DATA_KEY`. */
interface Keys {
  readonly mark: string;
  readonly own: Cipher;
  readonly wrapping: Cipher;
  readonly hashing: KeyObject;
  readonly recordKey: Buffer;
  readonly records: RecordKeys;
}

export interface RecordKeys extends Sealer {
  hashExternalNumber(number: string): string;
}

function keysOf(dataKey: Buffer): Keys {
  if (dataKey.length !== KEY_BYTES) throw new Error(`DATA_KEY must be ${KEY_BYTES} bytes, got ${dataKey.length}`);
  const recordKey = derive(dataKey, 'record');
  return {
    // Of a key that is drawn by lot these four bytes tell nothing.
    mark: `${derive(dataKey, 'mark').subarray(0, KEY_MARK_BYTES).toString('hex')}.`,
    own: cipherOf(createSecretKey(derive(dataKey, 'seal'))),
    wrapping: cipherOf(createSecretKey(derive(dataKey, 'wrap'))),
    hashing: createSecretKey(derive(dataKey, 'hash')),
    recordKey,
    records: recordsOf(recordKey),
  };
}

function recordsOf(key: Buffer): RecordKeys {
  const cipher = cipherOf(createSecretKey(derive(key, 'record seal')));
  const hashing = createSecretKey(derive(key, 'record hash'));
  return {
    seal: cipher.seal,
    open: cipher.open,
    hashExternalNumber: (number: string) => keyedHash(hashing, `externalNumber:${number}`).slice(0, HASH_CHARACTERS),
  };
}

function keyedHash(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function lookUpHash({ hashing }: Keys, lookUp: LookUp, value: string): string {
  return keyedHash(hashing, `${lookUp}:${normalForms[lookUp](value)}`).slice(0, HASH_CHARACTERS);
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `daiban:${purpose}:v1`, KEY_BYTES));
}
