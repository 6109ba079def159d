/**
 * Keeps sends under the platform's limits: 5 a second for a chat or person, 50 a second for the whole app. A message stands in one
 * chat, so its own limit (5 updates a second) is kept by its chat's. Knows no clock: every call is told the time. Counts what this
 * process sends; with several processes the platform's refusals (`pause`, `pauseAll`) do the rest.
 */
import { ASKED_FOR_MAX_MS } from './backoff.ts';

/** A tenth longer than the platform's second: requests do not arrive evenly spaced. */
export const WINDOW_MS = 1_100;
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
  /** One more is sent. */
  count(target: string, now: number): void;
  /** Nothing to this target until then. */
  pause(target: string, until: number): void;
  /** Nothing at all until then. */
  pauseAll(until: number): void;
}

export function createPacing(): Pacing {
  /** Of the last window, oldest first: the app's limit keeps them few. */
  let sends: { readonly target: string; readonly at: number }[] = [];
  const pausedUntil = new Map<string, number>();
  let allPausedUntil = 0;

  /** What lies further ahead than it can was noted before the clock was set back. */
  function forget(now: number): void {
    const isOver = (until: number) => until <= now || until > now + ASKED_FOR_MAX_MS;
    sends = sends.filter(({ at }) => Math.abs(now - at) < WINDOW_MS);
    for (const [target, until] of pausedUntil) if (isOver(until)) pausedUntil.delete(target);
    if (isOver(allPausedUntil)) allPausedUntil = 0;
  }

  const timesOf = (target: string) => sends.filter((send) => send.target === target).map(({ at }) => at);
  const allTimes = () => sends.map(({ at }) => at);
  const freeFor = (target: string) => (pausedUntil.has(target) ? 0 : PER_TARGET - timesOf(target).length);

  return {
    at(now) {
      forget(now);
      const freeAgainAt = Math.max(allPausedUntil, placeAfter(allTimes(), PER_APP));
      const touched = new Set([...sends.map(({ target }) => target), ...pausedUntil.keys()]);
      return {
        free: allPausedUntil > 0 ? 0 : PER_APP - sends.length,
        freeAgainAt,
        full: [...touched].filter((target) => freeFor(target) <= 0),
        freeFor,
        freeAt: (target) =>
          Math.max(freeAgainAt, pausedUntil.get(target) ?? 0, placeAfter(timesOf(target), PER_TARGET)),
      };
    },
    count(target, now) {
      sends.push({ target, at: now });
    },
    pause(target, until) {
      pausedUntil.set(target, Math.max(until, pausedUntil.get(target) ?? 0));
    },
    pauseAll(until) {
      allPausedUntil = Math.max(allPausedUntil, until);
    },
  };
}

/** When the window has room again after the times given, in rising order. */
function placeAfter(times: readonly number[], limit: number): number {
  const last = times.at(-limit);
  return last === undefined ? 0 : last + WINDOW_MS;
}
