import { and, count, eq, gt, max } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { type Parts, systemCtx } from '../ctx.ts';
import type { Job } from '../jobs/job.ts';
import { speakLocally } from '../level-speech.ts';
import { claimAndRun } from '../scheduler.ts';
import { dateUpkeepBack } from '../services/alert/upkeep.ts';

export interface HandRun extends Pick<Parts, 'db' | 'vault' | 'zone'> {
  readonly job: Job;
  readonly slot: number;
  /** The time it really is. */
  readonly now: number;
}

/** Runs the slot with the clock standing at it, so that the texts are right, and queues its messages for now. */
export async function runByHand(run: HandRun): Promise<{ ran: boolean; queued: number }> {
  const { vault, zone, job, slot, now } = run;
  const speech = speakLocally(run.db);
  await speech.refresh();
  return speech.db.write(async (tx) => {
    const last = await newestMessage(tx);
    const ctx = systemCtx({ zone, vault, clock: { now: () => slot } }, tx, job.name);
    const ran = await claimAndRun(ctx, { job, slot, ranAt: now });
    await dateUpkeepBack({ tx, now, zone });
    return { ran, queued: await queueForNow(tx, { after: last, slot, now }) };
  });
}

async function newestMessage({ q, t }: Tx): Promise<number> {
  const [row] = await q.select({ id: max(t.outbox.id) }).from(t.outbox);
  return row?.id ?? 0;
}

/**
 * What a job of another day has queued would wait until that day, or be given up as a day old. The job's rows are those after
 * `after` that bear the slot's time: another process may be adding rows of its own. Returns how many there are.
 */
async function queueForNow({ q, t }: Tx, rows: { after: number; slot: number; now: number }): Promise<number> {
  const queued = and(gt(t.outbox.id, rows.after), eq(t.outbox.createdAt, rows.slot));
  const [counted] = await q.select({ n: count() }).from(t.outbox).where(queued);
  const set = { availableAt: Math.min(rows.slot, rows.now), createdAt: rows.now };
  await q.update(t.outbox).set(set).where(queued);
  return counted?.n ?? 0;
}
