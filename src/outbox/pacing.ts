/**
 * Keeps sends under the platform's limits: 5 a second for a chat or person, 5 a second for updates of one message, 50 a second
 * for the whole app. Knows no clock: every call is told the time. Counts what this process sends; with several processes the
 * platform's refusals (`pause`, `pauseAll`) do the rest.
 */

/** A tenth longer than the platform's second: requests do not arrive evenly spaced. */
export const WINDOW_MS = 1_100;
const PER_TARGET = 5;
const PER_MESSAGE = 5;
const PER_APP = 50;
/** A reservation nobody came for (its row was replaced by a newer one) is forgotten after this. */
const UNCLAIMED_MS = 10 * 60_000;
const SWEEP_ABOVE = 1_000;
/** Looking at a thousand tracks at every send would cost more than they do. */
const SWEEP_EVERY_MS = 10_000;
/** A clock that goes back by less is only waited for. */
const SET_BACK_MS = 60_000;

export interface PacedSend {
  /** Identifies the row, so that it finds its reservation when it comes again. */
  readonly id: number;
  readonly target: string;
  /** Names the message to be updated; undefined for a new one. */
  readonly updates: string | undefined;
}

export interface Pacing {
  /** How many sends the app's limit leaves at this moment. */
  freeNow(now: number): number;
  /** From when at least one send is left. */
  freeAt(now: number): number;
  /**
   * `now`: send it, it is counted. Later: it may go then, the place is kept for this id. So a burst to one chat is put off
   * once, row by row, instead of being tried again at every turn.
   */
  reserve(send: PacedSend, now: number): number;
  /** Counts a send against the app's limit. */
  take(now: number): void;
  /** Nothing to this target until then. */
  pause(target: string, until: number): void;
  /** Nothing at all until then. */
  pauseAll(until: number): void;
}

/** What is known of one target or one message, times in rising order. */
interface Track {
  /** Sends and places given away. */
  readonly planned: number[];
  /** Sends only: places given away may be taken late, and two windows' worth must not meet then. */
  readonly sent: number[];
  readonly limit: number;
}

export function createPacing(): Pacing {
  const app: number[] = [];
  /** By target and by `message <id>`. */
  const tracks = new Map<string, Track>();
  const reserved = new Map<number, number>();
  const pausedUntil = new Map<string, number>();
  let allPausedUntil = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let sweptAt = Number.NEGATIVE_INFINITY;

  /** Times noted before the clock was set back lie ahead now, and would hold everything up until it has caught up. */
  function forgetTimesAhead(now: number): void {
    if (now < latest - SET_BACK_MS) {
      for (const kept of [tracks, reserved, pausedUntil]) kept.clear();
      app.length = 0;
      allPausedUntil = 0;
      sweptAt = now;
    }
    latest = now;
  }

  function tracksOf(send: PacedSend, now: number): Track[] {
    const keys: [string, number][] = [[send.target, PER_TARGET]];
    if (send.updates !== undefined) keys.push([`message ${send.updates}`, PER_MESSAGE]);
    return keys.map(([key, limit]) => {
      const track = tracks.get(key) ?? { planned: [], sent: [], limit };
      tracks.set(key, track);
      dropOld(track.planned, now);
      dropOld(track.sent, now);
      return track;
    });
  }

  function sweep(now: number): void {
    if (now - sweptAt < SWEEP_EVERY_MS || tracks.size + reserved.size + pausedUntil.size < SWEEP_ABOVE) return;
    sweptAt = now;
    for (const [key, { planned, sent }] of tracks) {
      dropOld(planned, now);
      dropOld(sent, now);
      if (planned.length + sent.length === 0) tracks.delete(key);
    }
    for (const [id, slot] of reserved) if (slot < now - UNCLAIMED_MS) reserved.delete(id);
    for (const [target, until] of pausedUntil) if (until <= now) pausedUntil.delete(target);
  }

  function reserve(send: PacedSend, now: number): number {
    forgetTimesAhead(now);
    sweep(now);
    const paused = pausedUntil.get(send.target) ?? 0;
    const kept = reserved.get(send.id);
    if (kept !== undefined && kept > now && kept >= paused) return kept;
    reserved.delete(send.id);
    const involved = tracksOf(send, now);
    const earliest = Math.max(now, paused, ...involved.map(({ sent, limit }) => placeAfter(sent, limit)));
    const planned = kept !== undefined && paused <= now;
    const slot = planned ? earliest : Math.max(earliest, ...involved.map(nextPlanned));
    for (const track of involved) {
      if (!planned) track.planned.push(slot);
      if (slot === now) track.sent.push(now);
    }
    if (slot > now) reserved.set(send.id, slot);
    return slot;
  }

  return {
    reserve,
    freeNow(now) {
      forgetTimesAhead(now);
      if (allPausedUntil > now) return 0;
      dropOld(app, now);
      return Math.max(0, PER_APP - app.length);
    },
    freeAt(now) {
      forgetTimesAhead(now);
      dropOld(app, now);
      return Math.max(now, allPausedUntil, placeAfter(app, PER_APP));
    },
    take(now) {
      app.push(now);
    },
    pause(target, until) {
      pausedUntil.set(target, Math.max(until, pausedUntil.get(target) ?? 0));
    },
    pauseAll(until) {
      allPausedUntil = Math.max(allPausedUntil, until);
    },
  };
}

/** Not before a place given away earlier, so that the list stays in rising order and first come is first served. */
function nextPlanned({ planned, limit }: Track): number {
  return Math.max(placeAfter(planned, limit), planned.at(-1) ?? 0);
}

/** When the window has room again after the times given, in rising order. */
function placeAfter(list: readonly number[], limit: number): number {
  const earlier = list.at(-limit);
  return list.length < limit || earlier === undefined ? 0 : earlier + WINDOW_MS;
}

function dropOld(list: number[], now: number): void {
  while (list[0] !== undefined && list[0] <= now - WINDOW_MS) list.shift();
}
