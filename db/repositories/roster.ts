import { and, asc, eq } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type RosterRow = Tables['roster']['$inferSelect'];
export type NewRosterRow = Tables['roster']['$inferInsert'];

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
  async insert({ q, t }: Tx, entry: NewRosterRow): Promise<RosterRow> {
    const [row] = await q.insert(t.roster).values(entry).returning();
    if (!row) throw new Error('insert into roster returned no row');
    return row;
  },

  async update({ q, t }: Tx, change: { id: number; set: Partial<NewRosterRow> }): Promise<void> {
    await q.update(t.roster).set(change.set).where(eq(t.roster.id, change.id));
  },
};
