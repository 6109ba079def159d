/**
 * Is a request to the webhook from the platform, fresh, and new? The platform signs the raw body:
 * SHA-256 (hex) of timestamp + nonce + encrypt key + body, in three headers.
 */
import { hash, timingSafeEqual } from 'node:crypto';

/** A request older or newer than this is refused. */
const SIGNATURE_WINDOW_MS = 5 * 60_000;
/** Only rightly signed requests are remembered, so a stranger cannot push others out; 100 000 is 150 a second for the window. */
const REMEMBERED_MAX = 100_000;

interface SignedRequest {
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
  readonly signature: string | undefined;
  readonly body: Buffer;
}

type Refusal = 'headers' | 'stale' | 'signature' | 'replay';

/** Checks one request and remembers it; undefined means that it is good. */
export type CheckSignature = (request: SignedRequest) => Refusal | undefined;

export function createSignatureCheck(options: {
  readonly encryptKey: string;
  readonly clock: { now(): number };
}): CheckSignature {
  const { encryptKey, clock } = options;
  /** Signature → time from which the window itself refuses it. In order of arrival. */
  const remembered = new Map<string, number>();

  return ({ timestamp, nonce, signature, body }) => {
    if (!timestamp || !nonce || !signature) return 'headers';
    if (!/^\d{10}(\d{3})?$/.test(timestamp) || nonce.length > 200 || !/^[0-9a-f]{64}$/.test(signature)) {
      return 'headers';
    }
    const now = clock.now();
    const signedAt = timestamp.length === 13 ? Number(timestamp) : Number(timestamp) * 1000;
    if (Math.abs(now - signedAt) > SIGNATURE_WINDOW_MS) return 'stale';
    const expected = hash('sha256', Buffer.concat([Buffer.from(`${timestamp}${nonce}${encryptKey}`), body]), 'buffer');
    if (!timingSafeEqual(expected, Buffer.from(signature, 'hex'))) return 'signature';
    // Remembered by the signature alone: digits moved from the nonce into the timestamp would keep the signature and look new.
    if (remembered.has(signature)) return 'replay';
    forget(remembered, now);
    remembered.set(signature, signedAt + SIGNATURE_WINDOW_MS);
    return undefined;
  };
}

function forget(remembered: Map<string, number>, now: number): void {
  for (const [signature, until] of remembered) {
    if (until >= now && remembered.size < REMEMBERED_MAX) return;
    remembered.delete(signature);
  }
}

/** Compares with a secret without telling by the time taken how much of it agrees. */
export function createSecretCheck(secret: string): (given: string) => boolean {
  const expected = hash('sha256', secret, 'buffer');
  return (given) => timingSafeEqual(hash('sha256', given, 'buffer'), expected);
}
