/** How long a failed send waits before the next attempt. */

const FIRST_MS = 1_000;
const LONGEST_MS = 10 * 60_000;
/** Rows put off for longer would look as if the clock had been set back (`db/repositories/outbox.ts`). */
export const ASKED_FOR_MAX_MS = 20 * 60_000;

/**
 * Doubles with every attempt from 1–2 s up to 5–10 min; the spread keeps rows that failed together from coming back together.
 * `attempts` counts the one that failed (1 for the first); `random` gives [0, 1). A wait the platform asked for is a lower
 * bound, up to 20 min.
 */
export function backoffMs(failed: {
  readonly attempts: number;
  readonly random: () => number;
  readonly retryAfterMs?: number | undefined;
}): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(1, failed.attempts));
  const wait = Math.round(longest / 2 + (longest / 2) * failed.random());
  return Math.max(wait, Math.min(failed.retryAfterMs ?? 0, ASKED_FOR_MAX_MS));
}
