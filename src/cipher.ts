/** AES-256-GCM: how everything is sealed, whichever key it is under. */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals and opens text. `context` names the column and, under a key that many rows share, the row (`agents.phone:ou_…`): moved
 * elsewhere, the text does not open. An applicant's own key already is the row's.
 */
export interface Sealer {
  seal(context: string, text: string): string;
  /** Throws when the text was changed, or sealed under another key or context. */
  open(context: string, sealed: string): string;
}

export interface Cipher extends Sealer {
  /** The same of bytes: what comes out is 28 bytes longer. */
  sealBytes(context: string, bytes: Uint8Array): Buffer;
  openBytes(context: string, sealed: Uint8Array): Buffer;
}

/** Without it Node takes a tag of four bytes for good, which is short enough to be guessed. */
const lengths = { authTagLength: TAG_BYTES };

const DRAWN_TOGETHER = 8192;
/** Drawn ahead, because asking the system for twelve bytes costs as much as for thousands. Each byte is given out once. */
let ahead = Buffer.alloc(0);

export function drawn(bytes: number): Buffer {
  if (ahead.length < bytes) ahead = randomBytes(DRAWN_TOGETHER);
  const given = ahead.subarray(0, bytes);
  ahead = ahead.subarray(bytes);
  return given;
}

export function cipherOf(key: KeyObject): Cipher {
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
