/** How often things happened lately. Knows this process only. */

export interface Tally<Name extends string> {
  count(name: Name): void;
  /** How often in the last `ms` milliseconds, to the minute; an hour back at most. */
  within(name: Name, ms: number): number;
}

const MINUTE_MS = 60_000;
const MINUTES_KEPT = 60;

export function createTally<Name extends string>(clock: { now(): number }): Tally<Name> {
  /** By minute since the epoch. */
  const counts = new Map<number, Map<Name, number>>();
  const minute = () => Math.floor(clock.now() / MINUTE_MS);
  return {
    count(name) {
      const now = minute();
      // A clock that was set back leaves minutes to come; they count for nothing.
      for (const kept of counts.keys()) if (kept <= now - MINUTES_KEPT || kept > now) counts.delete(kept);
      const current = counts.get(now) ?? new Map<Name, number>();
      counts.set(now, current.set(name, (current.get(name) ?? 0) + 1));
    },
    within(name, ms) {
      const now = minute();
      const since = now - ms / MINUTE_MS;
      return [...counts].reduce((sum, [at, of]) => (at > since && at <= now ? sum + (of.get(name) ?? 0) : sum), 0);
    },
  };
}
