/** 抽查回访: which good ratings somebody of the banner asks about once more. */
import type { Rating } from './case.ts';

/** What the second call found: the resident says the same as the first time, or not. */
export const checkResults = ['consistent', 'different'] as const;
export type CheckResult = (typeof checkResults)[number];

/** 满意 and better: a bad rating is put right anyway. */
const GOOD_RATING_MIN: Rating = 4;

export const goodRatings = [5, 4] as const satisfies readonly Rating[];

/**
 * Whether a case is drawn. `lot` is a keyed hash of its number (hex or base64url, at least 8 hex digits' worth at its beginning): the same
 * whoever asks and whenever, and not to be foretold without the key.
 * @param percent 0–100
 */
export function isDrawn({ lot, percent }: { readonly lot: number; readonly percent: number }): boolean {
  return lot < percent / 100;
}

export function isGood(rating: number | null): boolean {
  return rating !== null && rating >= GOOD_RATING_MIN;
}
