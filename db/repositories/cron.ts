import { and, desc, eq, lt } from 'drizzle-orm';
import type { Tx } from '../database.ts';

export const cronReads = {
  /** Up to when the job's slots have been looked at; undefined before its first look. */
  async checkedUntil({ q, t }: Tx, job: string): Promise<number | undefined> {
    return (await q.select().from(t.cronMarks).where(eq(t.cronMarks.job, job)))[0]?.checkedUntil;
  },

  async hasRun({ q, t }: Tx, run: { job: string; slot: number }): Promise<boolean> {
    const same = and(eq(t.cronRuns.job, run.job), eq(t.cronRuns.slot, run.slot));
    return (await q.select().from(t.cronRuns).where(same)).length > 0;
  },

  /** The newest slot of the job that ran, and when; undefined before the first. */
  async newest({ q, t }: Tx, job: string): Promise<{ slot: number; ranAt: number } | undefined> {
    const runs = q.select({ slot: t.cronRuns.slot, ranAt: t.cronRuns.ranAt }).from(t.cronRuns);
    return (await runs.where(eq(t.cronRuns.job, job)).orderBy(desc(t.cronRuns.slot)).limit(1))[0];
  },
};

export const cronWrites = {
  /** False when the slot was taken before, by whichever process. */
  async claim({ q, t }: Tx, run: { job: string; slot: number; ranAt: number }): Promise<boolean> {
    const rows = await q
      .insert(t.cronRuns)
      .values({ ...run, status: 'done' })
      .onConflictDoNothing({ target: [t.cronRuns.job, t.cronRuns.slot] })
      .returning({ slot: t.cronRuns.slot });
    return rows.length > 0;
  },

  /** Gives a claimed slot back, so that the next look finds it due again. */
  async release(tx: Tx, run: { job: string; slot: number }): Promise<void> {
    const { q, t } = tx;
    await q.delete(t.cronRuns).where(and(eq(t.cronRuns.job, run.job), eq(t.cronRuns.slot, run.slot)));
    await cronWrites.mark(tx, { job: run.job, checkedUntil: run.slot - 1 });
  },

  /** Forgets runs of slots before the moment (ms). */
  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.cronRuns).where(lt(t.cronRuns.slot, before));
  },

  async mark({ q, t }: Tx, mark: { job: string; checkedUntil: number }): Promise<void> {
    await q
      .insert(t.cronMarks)
      .values(mark)
      .onConflictDoUpdate({ target: t.cronMarks.job, set: { checkedUntil: mark.checkedUntil } });
  },
};
