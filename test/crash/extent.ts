/** How much of it: `CRASH_ROUNDS` crashes, and as many other troubles as fit that; `CRASH_SEED` chooses the moments. */
const SHORT = 6;

export const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? SHORT);
export const SEED = Number(process.env['CRASH_SEED'] ?? 20261123);

/** Of a story that takes longer per trouble than a crash: so many in the short form, at most one per eight crashes in a longer one. */
export function times(short: number): number {
  return Math.max(short, Math.floor(ROUNDS / 8));
}
