import { and, eq, sql } from 'drizzle-orm';
import type { Gathered, Tx } from '../client.ts';
import { preparedForRow } from '../prepared.ts';
import { remember, rememberAs } from '../remembered.ts';
import type { caseSequences } from '../schema/sqlite.ts';

/** How many cases a town has numbered in a year. */
type Sequence = typeof caseSequences.$inferSelect;
type Place = Omit<Sequence, 'last'>;

const addOne = preparedForRow<Place>()(({ q, t }, place) =>
  q
    .insert(t.caseSequences)
    .values({ ...place, last: 1 })
    .onConflictDoUpdate({
      target: [t.caseSequences.townId, t.caseSequences.year],
      set: { last: sql`${t.caseSequences.last} + 1` },
    })
    .returning()
    .prepare(),
);

const setLast = preparedForRow<Sequence>()(({ q, t }, { townId, year, ...set }) =>
  q
    .update(t.caseSequences)
    .set(set)
    .where(and(eq(t.caseSequences.townId, townId), eq(t.caseSequences.year, year)))
    .prepare(),
);

const keyOf = ({ townId, year }: Place) => `${townId} ${year}`;

/** Cases that share a commit move their town's sequence once. */
const moves: Gathered<Sequence> = {
  async write(tx, moved) {
    for (const sequence of new Map(moved.map((move) => [keyOf(move), move])).values()) {
      const { query, values } = setLast(tx, sequence);
      await query.execute(values);
    }
  },
};

export const caseSequenceWrites = {
  /** The next running number of a town in a year, from 1. Nobody else takes one there until the transaction ends. */
  async next(tx: Tx, place: Place): Promise<number> {
    const at = { table: 'case_sequences', key: keyOf(place) } as const;
    let taken = false;
    const known = await remember(tx, at, () => {
      taken = true;
      return take(tx, place);
    });
    if (taken) return known;
    const last = known + 1;
    rememberAs(tx, at, last);
    await tx.gather(moves, { last, ...place });
    return last;
  },
};

async function take(tx: Tx, place: Place): Promise<number> {
  // What has been moved and was then forgotten, because something else was undone.
  await tx.writeGathered();
  const { query, values } = addOne(tx, place);
  const [row] = await query.execute(values);
  if (!row) throw new Error('insert into case_sequences returned no row');
  return row.last;
}
