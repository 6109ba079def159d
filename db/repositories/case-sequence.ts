import { sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';

export const caseSequenceWrites = {
  /** The next running number of a town in a year, from 1. Nobody else takes one there until the transaction ends. */
  async next({ q, t }: Tx, place: { townId: number; year: number }): Promise<number> {
    const { townId, year, last } = t.caseSequences;
    const [row] = await q
      .insert(t.caseSequences)
      .values({ ...place, last: 1 })
      .onConflictDoUpdate({ target: [townId, year], set: { last: sql`${last} + 1` } })
      .returning({ last });
    if (!row) throw new Error('insert into case_sequences returned no row');
    return row.last;
  },
};
