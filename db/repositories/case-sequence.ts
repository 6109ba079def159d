import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../database.ts';
import { preparedForRows } from '../prepared.ts';

interface Place {
  readonly townId: number;
  readonly year: number;
}

const addOne = preparedForRows<Place>()(({ q, t }, [place]) => {
  const { townId, year, last } = t.caseSequences;
  return q
    .insert(t.caseSequences)
    .values({ ...place, last: 1 })
    .onConflictDoUpdate({ target: [townId, year], set: { last: sql`${last} + 1` } })
    .returning({ last })
    .prepare();
});

export const caseSequenceWrites = {
  /** The next running number of a town in a year, from 1. Nobody else takes one there until the transaction ends. */
  async next(tx: Tx, place: Place): Promise<number> {
    const { query, values } = addOne(tx, [place]);
    const [row] = await query.execute(values);
    if (!row) throw new Error('insert into case_sequences returned no row');
    return row.last;
  },

  /** Gives back the number taken last in this transaction. */
  async giveBack({ q, t }: Tx, { townId, year }: Place): Promise<void> {
    const { caseSequences } = t;
    await q
      .update(caseSequences)
      .set({ last: sql`${caseSequences.last} - 1` })
      .where(and(eq(caseSequences.townId, townId), eq(caseSequences.year, year)));
  },
};
