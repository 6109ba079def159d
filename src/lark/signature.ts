/**
 * Is a request to the webhook from the platform, and fresh? The platform signs the raw body: SHA-256 (hex) of timestamp + nonce
 * + encrypt key + body, in three headers. Whether it is new as well is known for certain to whoever records it.
 */
import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A request older or newer than this is refused. */
const SIGNATURE_WINDOW_MS = 5 * 60_000;

/** The three headers, well-formed and within the window. */
export interface Signed {
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
}

export interface SignatureCheck {
  /** What the headers tell before the body is read; `unsigned` when there is no signature at all. */
  read(headers: IncomingHttpHeaders): Signed | 'unsigned' | 'headers' | 'stale';
  /** Whether the body is the one that was signed. */
  fits(signed: Signed, body: Buffer): boolean;
}

export function createSignatureCheck(options: {
  readonly encryptKey: string;
  readonly clock: { now(): number };
}): SignatureCheck {
  const { encryptKey, clock } = options;
  return {
    read(headers) {
      const signature = headerOf(headers, 'x-lark-signature');
      const timestamp = headerOf(headers, 'x-lark-request-timestamp');
      const nonce = headerOf(headers, 'x-lark-request-nonce');
      if (!signature) return 'unsigned';
      if (!timestamp || !nonce || nonce.length > 200) return 'headers';
      if (!/^\d{10}(\d{3})?$/.test(timestamp) || !/^[0-9a-f]{64}$/.test(signature)) return 'headers';
      const signedAt = timestamp.length === 13 ? Number(timestamp) : Number(timestamp) * 1000;
      if (Math.abs(clock.now() - signedAt) > SIGNATURE_WINDOW_MS) return 'stale';
      return { timestamp, nonce, signature };
    },
    fits({ timestamp, nonce, signature }, body) {
      const signedBytes = Buffer.concat([Buffer.from(`${timestamp}${nonce}${encryptKey}`), body]);
      return timingSafeEqual(hash('sha256', signedBytes, 'buffer'), Buffer.from(signature, 'hex'));
    },
  };
}

/** Sent twice it comes joined by a comma, and fits nothing. */
function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join() : value;
}

/** The signatures of this process's last answers; older ones are refused by their time stamp. */
export interface RecentSignatures {
  has(signature: string): boolean;
  add(signature: string): void;
}

/** Only rightly signed ones come here, so a stranger cannot push others out. */
export function createRecentSignatures(clock: { now(): number }): RecentSignatures {
  /** Since when, in order of arrival. */
  const since = new Map<string, number>();
  return {
    has: (signature) => since.has(signature),
    add(signature) {
      const now = clock.now();
      for (const [old, at] of since) {
        if (at >= now - 2 * SIGNATURE_WINDOW_MS) break;
        since.delete(old);
      }
      since.set(signature, now);
    },
  };
}

/** Compares with a secret without telling by the time taken how much of it agrees. */
export function createSecretCheck(secret: string): (given: string) => boolean {
  const expected = hash('sha256', secret, 'buffer');
  return (given) => timingSafeEqual(hash('sha256', given, 'buffer'), expected);
}
