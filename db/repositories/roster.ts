import { and, asc, eq } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type RosterRow = Tables['roster']['$inferSelect'];
export type NewRosterRow = Tables['roster']['$inferInsert'];

/** Ten columns each, far below the engines' limits of parameters. */
const AT_ONCE = 200;

export const rosterReads = {
  /** Everybody who is or was listed. */
  async all({ q, t }: Tx): Promise<RosterRow[]> {
    return q.select().from(t.roster).orderBy(asc(t.roster.id));
  },

  /** Nobody was ever listed. */
  async isEmpty({ q, t }: Tx): Promise<boolean> {
    return (await q.select({ id: t.roster.id }).from(t.roster).limit(1)).length === 0;
  },

  /** Those of this number who are listed. */
  async byPhone({ q, t }: Tx, phoneHash: string): Promise<RosterRow[]> {
    const { id, phoneHash: hash, active } = t.roster;
    return q
      .select()
      .from(t.roster)
      .where(and(eq(hash, phoneHash), eq(active, true)))
      .orderBy(asc(id));
  },

  /** Those of a unit who are listed. */
  async ofUnit({ q, t }: Tx, unitId: number): Promise<RosterRow[]> {
    return q
      .select()
      .from(t.roster)
      .where(and(eq(t.roster.unitId, unitId), eq(t.roster.active, true)))
      .orderBy(asc(t.roster.id));
  },
};

export const rosterWrites = {
  /** Hundreds at once, in no order: one by one they would keep everybody else waiting. */
  async insert({ q, t }: Tx, entries: readonly NewRosterRow[]): Promise<RosterRow[]> {
    const rows: RosterRow[] = [];
    for (let from = 0; from < entries.length; from += AT_ONCE) {
      rows.push(
        ...(await q
          .insert(t.roster)
          .values(entries.slice(from, from + AT_ONCE))
          .returning()),
      );
    }
    return rows;
  },

  async update({ q, t }: Tx, change: { id: number; set: Partial<NewRosterRow> }): Promise<void> {
    await q.update(t.roster).set(change.set).where(eq(t.roster.id, change.id));
  },
};
