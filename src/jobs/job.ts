import type { Ctx } from '../ctx.ts';

/** When a job's time has come. */
export interface Timed {
  readonly name: string;
  /** Crontab lines in the configured time zone; a slot is a moment one of them names. */
  readonly schedule: readonly string[];
  /** The setting that says at what time of day it runs instead; the schedule then has the default. On one day it runs once, though the time is moved. */
  readonly timeSetting?: 'digestTime';
  /** Only slots on Chinese working days count. */
  readonly workingDaysOnly?: boolean;
  /** It writes to people of its own accord: what falls into the quiet hours, or is made up for in them, waits for their end. */
  readonly keepsQuiet?: boolean;
  /** It comes again within minutes, and the next run does what a missed one left: none is told of as missed. */
  readonly comesAgain?: boolean;
  /** A slot missed by more than this is not made up for: what it would say is no longer true. */
  readonly catchUpMs: number;
}

/** Work that a time of day calls for. A function of its slot: running it twice for one slot is prevented, not harmless. */
export interface Job extends Timed {
  /** `slot` is the time the run stands for; `ctx.now` the time it really is. */
  readonly run: (ctx: Ctx, slot: number) => Promise<void>;
}

/**
 * Work too long for a transaction. The slot is claimed first, the work done beside everything else, its outcome noted last.
 * Work that was stopped with the program gives its slot back, and is made up for at the next start.
 */
export interface OutsideJob<Result = unknown> extends Timed {
  /** Rejects when it failed, and soon after `signal` fires. */
  readonly work: (slot: number, signal: AbortSignal) => Promise<Result>;
  /** Notes the outcome, in a transaction of its own. */
  readonly note: (ctx: Ctx, outcome: WorkOutcome<Result>) => Promise<void>;
}

export type WorkOutcome<Result> = { readonly done: Result } | { readonly failed: unknown };

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
