/** What follows from a failed attempt. Pure: the sender carries it out. The texts of dead rows are shown to the admin. */
import { APP_RATE_LIMITED, NeverSent, TARGET_RATE_LIMITED } from '../lark/errors.ts';
import type { LarkError } from '../lark/port.ts';
import { backoffMs } from './backoff.ts';
import type { OutboxRow } from './store.ts';

/** How long a message is tried for. */
const TRIED_FOR_MS = 24 * 60 * 60_000;
/** A card that cannot be drawn is our own fault and holds up its lane: it is not tried for a day. */
export const RENDER_ATTEMPTS_MAX = 5;
/** The platform knows a uuid for an hour. After that an attempt whose answer was lost could post a second time. */
const UUID_SAFE_MS = 55 * 60_000;

export type Consequence =
  | { readonly kind: 'dead'; readonly error: string }
  | { readonly kind: 'expired'; readonly error: string }
  /** The message to answer is gone: the card goes into the target by itself. */
  | { readonly kind: 'postInstead' }
  | {
      readonly kind: 'retry';
      readonly availableAt: number;
      readonly error: string;
      readonly unconfirmedSince: number | null;
      /** Whom else to hold back until then. */
      readonly pause: 'all' | 'target' | 'none';
    };

export interface FailedAttempt {
  readonly row: OutboxRow;
  readonly error: LarkError;
  readonly now: number;
  readonly random: () => number;
}

/** Decides by the kind of failure, the operation and the age of the row. */
export function consequenceOf({ row, error, now, random }: FailedAttempt): Consequence {
  if (error.failure === 'expired') {
    if (row.operation === 'update') return { kind: 'expired', error: error.message };
    return row.operation === 'reply' ? { kind: 'postInstead' } : { kind: 'dead', error: error.message };
  }
  if (error.failure === 'unanswerable' && row.operation === 'reply') return { kind: 'postInstead' };
  if (error.failure !== 'later' && error.failure !== 'quota') return { kind: 'dead', error: error.message };
  if (now - row.createdAt >= TRIED_FOR_MS) {
    return { kind: 'dead', error: `24 小时内没有送达；最后一次：${error.message}` };
  }
  const waitMs = backoffMs({ attempts: row.attempts, random, retryAfterMs: error.retryAfterMs });
  const answered = error.code !== undefined || error instanceof NeverSent;
  return {
    kind: 'retry',
    availableAt: now + waitMs,
    error: error.message,
    unconfirmedSince: row.unconfirmedSince ?? (answered ? null : now),
    pause: pauseFor(error),
  };
}

/** An earlier attempt may have arrived, and the platform has forgotten its uuid: sending again might be sending twice. */
export function mightPostTwice(row: OutboxRow, now: number): boolean {
  return row.operation !== 'update' && row.unconfirmedSince !== null && now - row.unconfirmedSince > UUID_SAFE_MS;
}

function pauseFor(error: LarkError): 'all' | 'target' | 'none' {
  if (error.failure === 'quota' || error.code === APP_RATE_LIMITED) return 'all';
  const limited = error.retryAfterMs !== undefined || (error.code !== undefined && TARGET_RATE_LIMITED.has(error.code));
  return limited ? 'target' : 'none';
}
