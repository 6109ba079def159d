/**
 * Keeps sends under the platform's limits: 5 a second for a chat or person, 50 a second for the whole app. A message stands in one
 * chat, so its own limit (5 updates a second) is kept by its chat's. Knows no clock: every call is told the time. Counts what this
 * process sends; with several processes the platform's refusals (`pause`, `pauseAll`) do the rest.
 *
 * When a request arrives nobody here knows, only that it does between beginning and end. So a send counts until a second after its
 * end: whatever second the platform looks at, it never sees more than the limit.
 */

/** A little longer than the platform's second: its clock is another one. */
export const WINDOW_MS = 1_050;
/** A pause that ends later than this was noted before the clock was set back. */
const PAUSE_MAX_MS = 60 * 60_000;
const PER_TARGET = 5;
const PER_APP = 50;

/** What the limits allow at one moment. */
export interface Pace {
  /** Sends that the app's limit leaves. */
  readonly free: number;
  /** From when it leaves one, in milliseconds since the epoch; in the past when it does now. */
  readonly freeAgainAt: number;
  /** Targets that nothing may go to. */
  readonly full: readonly string[];
  /** Sends that the target's own limit leaves. */
  freeFor(target: string): number;
  /** From when one more may go to the target, in milliseconds since the epoch; in the past when it may go now. */
  freeAt(target: string): number;
}

export interface Pacing {
  at(now: number): Pace;
  /** One more is being sent; call what it returns with the time of its end. */
  begin(target: string): (endedAt: number) => void;
  /** Nothing to this target until then. */
  pause(target: string, until: number): void;
  /** Nothing at all until then. */
  pauseAll(until: number): void;
}

export function createPacing(): Pacing {
  /** Under way, or ended within the last window. */
  const sends = new Set<Send>();
  const pausedUntil = new Map<string, number>();
  let allPausedUntil = 0;

  /** What lies further ahead than it can was noted before the clock was set back. */
  function forget(now: number): void {
    const isOver = (until: number) => until <= now || until > now + PAUSE_MAX_MS;
    for (const send of sends) if (Math.abs(now - (send.endedAt ?? now)) >= WINDOW_MS) sends.delete(send);
    for (const [target, until] of pausedUntil) if (isOver(until)) pausedUntil.delete(target);
    if (isOver(allPausedUntil)) allPausedUntil = 0;
  }

  const sendsTo = (target: string) => [...sends].filter((send) => send.target === target);
  const freeFor = (target: string) => (pausedUntil.has(target) ? 0 : PER_TARGET - sendsTo(target).length);

  return {
    at(now) {
      forget(now);
      const freeAgainAt = Math.max(allPausedUntil, placeAfter([...sends], PER_APP));
      const touched = new Set([...[...sends].map(({ target }) => target), ...pausedUntil.keys()]);
      return {
        free: allPausedUntil > 0 ? 0 : PER_APP - sends.size,
        freeAgainAt,
        full: [...touched].filter((target) => freeFor(target) <= 0),
        freeFor,
        freeAt: (target) =>
          Math.max(freeAgainAt, pausedUntil.get(target) ?? 0, placeAfter(sendsTo(target), PER_TARGET)),
      };
    },
    begin(target) {
      const send: Send = { target, endedAt: undefined };
      sends.add(send);
      return (endedAt) => {
        send.endedAt = endedAt;
      };
    },
    pause(target, until) {
      pausedUntil.set(target, Math.max(until, pausedUntil.get(target) ?? 0));
    },
    pauseAll(until) {
      allPausedUntil = Math.max(allPausedUntil, until);
    },
  };
}

interface Send {
  readonly target: string;
  /** Milliseconds since the epoch; undefined while it is under way. */
  endedAt: number | undefined;
}

/** When the window has room again: `Infinity` while only the end of what is under way can make any. */
function placeAfter(sends: readonly Send[], limit: number): number {
  const ends = sends.map(({ endedAt = Number.POSITIVE_INFINITY }) => endedAt).sort((a, b) => a - b);
  const last = ends[ends.length - limit];
  return last === undefined ? 0 : last + WINDOW_MS;
}
