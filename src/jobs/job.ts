import type { Ctx } from '../ctx.ts';

/** Work that a time of day calls for. A function of its slot: running it twice for one slot is prevented, not harmless. */
export interface Job {
  readonly name: string;
  /** Crontab lines in the configured time zone; a slot is a moment one of them names. */
  readonly schedule: readonly string[];
  /** Only slots on Chinese working days count. */
  readonly workingDaysOnly?: boolean;
  /** A slot missed by more than this is not made up for: what it would say is no longer true. */
  readonly catchUpMs: number;
  /** `slot` is the time the run stands for; `ctx.now` the time it really is. */
  readonly run: (ctx: Ctx, slot: number) => Promise<void>;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
