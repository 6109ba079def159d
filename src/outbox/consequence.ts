/** What follows from a failed attempt. Pure: the sender carries it out. The texts of dead rows are shown to the admin. */
import { APP_RATE_LIMITED, CHAT_LOST, TARGET_RATE_LIMITED, Unconfirmed } from '../lark/errors.ts';
import type { LarkError } from '../lark/port.ts';
import { isPerson } from '../services/card/targets.ts';
import type { WhyDead } from '../services/message/instead.ts';
import { backoffMs } from './backoff.ts';
import type { OutboxRow } from './store.ts';

/** At five to ten minutes each about a week: longer than the platform, the network or a set-up is out of order. */
const ATTEMPTS_MAX = 1_500;
/** A card that cannot be drawn is our own fault and holds up its lane: it is not tried for a week. */
export const RENDER_ATTEMPTS_MAX = 5;
/** The platform knows a uuid for an hour. */
const UUID_SAFE_MS = 55 * 60_000;
/** The month's calls are used up: nothing but the end of the month, or somebody who buys more, helps. */
const QUOTA_PAUSE_MS = 60 * 60_000;

export type Consequence =
  | { readonly kind: 'dead'; readonly why: WhyDead; readonly error: string }
  | { readonly kind: 'expired'; readonly error: string }
  /** The group is not there for the bot any more. */
  | { readonly kind: 'chatLost'; readonly error: string }
  /** The message to answer is gone: the card goes into the target by itself. */
  | { readonly kind: 'postInstead' }
  /** Nothing at all goes out until then. */
  | { readonly kind: 'quota'; readonly until: number }
  | {
      readonly kind: 'retry';
      readonly availableAt: number;
      readonly error: string;
      /** When it may have been delivered for the first time; null when it certainly was not. */
      readonly unconfirmedSince: number | null;
      /** Whom else to hold back until then. */
      readonly pause: Pause;
    };

type Pause = 'all' | 'target' | 'none';

export interface FailedAttempt {
  readonly row: OutboxRow;
  readonly error: LarkError;
  readonly now: number;
  readonly random: () => number;
}

/** Decides by the kind of failure, the operation and how often the row was tried. */
export function consequenceOf({ row, error, now, random }: FailedAttempt): Consequence {
  const { failure, message, code } = error;
  const dead = (why: WhyDead) => ({ kind: 'dead' as const, why, error: message });
  switch (failure) {
    case 'expired':
      if (row.operation === 'update') return { kind: 'expired', error: message };
      return row.operation === 'reply' ? { kind: 'postInstead' } : dead('unreachable');
    case 'unanswerable':
      return row.operation === 'reply' ? { kind: 'postInstead' } : dead('unreachable');
    case 'gone':
      return !isPerson(row.target) && code !== undefined && CHAT_LOST.has(code)
        ? { kind: 'chatLost', error: message }
        : dead('unreachable');
    case 'screened':
    case 'broken':
      return dead(failure);
    case 'oversized':
      return dead('broken');
    case 'quota':
      return { kind: 'quota', until: now + QUOTA_PAUSE_MS };
    case 'later':
      break;
  }
  const pause = pauseFor(error);
  // A limit says nothing about the message.
  if (row.attempts >= ATTEMPTS_MAX && pause === 'none') {
    return { kind: 'dead', why: 'unreachable', error: `试了一星期没有送达；最后一次：${message}` };
  }
  const unconfirmedSince = row.unconfirmedSince ?? (error instanceof Unconfirmed ? now : null);
  const waitMs = backoffMs({ attempts: row.attempts, random, retryAfterMs: error.retryAfterMs });
  return { kind: 'retry', availableAt: now + waitMs, error: message, unconfirmedSince, pause };
}

/**
 * A process died with the row in hand, or no answer came, so that it may have been sent, and the platform has forgotten its uuid:
 * sending again would be sending twice. A living card is posted all the same: without its message nobody could bring it up to date.
 */
export function mightPostTwice(row: OutboxRow, now: number): boolean {
  if (row.operation === 'update' || row.livingCardId !== null) return false;
  return row.unconfirmedSince !== null && now - row.unconfirmedSince > UUID_SAFE_MS;
}

function pauseFor(error: LarkError): Pause {
  if (error.code === APP_RATE_LIMITED) return 'all';
  const limited = error.retryAfterMs !== undefined || (error.code !== undefined && TARGET_RATE_LIMITED.has(error.code));
  return limited ? 'target' : 'none';
}
