/** 抽查回访: which good ratings somebody of the banner asks about once more. */
import type { Rating } from './case.ts';

/** What the second call found: the resident says the same as the first time, or not. */
export const checkResults = ['consistent', 'different'] as const;
export type CheckResult = (typeof checkResults)[number];

/** 满意 and better: a bad rating is put right anyway. */
export const goodRatings = [5, 4] as const satisfies readonly Rating[];

/**
 * Whether a case is drawn. `lot` comes from a keyed hash of its number (from 0 to below 1): the same whoever asks and whenever, and
 * not to be foretold without the key.
 * @param percent 0–100
 */
export function isDrawn({ lot, percent }: { readonly lot: number; readonly percent: number }): boolean {
  return lot < percent / 100;
}
