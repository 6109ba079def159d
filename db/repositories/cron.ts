import { eq } from 'drizzle-orm';
import type { Tx } from '../client.ts';

export const cronReads = {
  /** Up to when the job's slots have been looked at; undefined before its first look. */
  async checkedUntil({ q, t }: Tx, job: string): Promise<number | undefined> {
    return (await q.select().from(t.cronMarks).where(eq(t.cronMarks.job, job)))[0]?.checkedUntil;
  },
};

export const cronWrites = {
  /** False when the slot was taken before, by whichever process. */
  async claim(
    { q, t }: Tx,
    run: { job: string; slot: number; ranAt: number; status: 'done' | 'skipped' },
  ): Promise<boolean> {
    const rows = await q
      .insert(t.cronRuns)
      .values(run)
      .onConflictDoNothing({ target: [t.cronRuns.job, t.cronRuns.slot] })
      .returning({ slot: t.cronRuns.slot });
    return rows.length > 0;
  },

  async mark({ q, t }: Tx, mark: { job: string; checkedUntil: number }): Promise<void> {
    await q
      .insert(t.cronMarks)
      .values(mark)
      .onConflictDoUpdate({ target: t.cronMarks.job, set: { checkedUntil: mark.checkedUntil } });
  },
};
