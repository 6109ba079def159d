import { and, desc, eq, ne } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type BulletinRow = Tables['bulletins']['$inferSelect'];
export type NewBulletin = Tables['bulletins']['$inferInsert'];

/** A banner's quarter. */
export interface BulletinPlace {
  readonly bannerId: number;
  readonly quarter: string;
}

export const bulletinReads = {
  async byId({ q, t }: Tx, id: number): Promise<BulletinRow | undefined> {
    return (await q.select().from(t.bulletins).where(eq(t.bulletins.id, id)))[0];
  },

  /** The newest first. */
  async ofQuarter({ q, t }: Tx, { bannerId, quarter }: BulletinPlace): Promise<BulletinRow[]> {
    return q
      .select()
      .from(t.bulletins)
      .where(and(eq(t.bulletins.bannerId, bannerId), eq(t.bulletins.quarter, quarter)))
      .orderBy(desc(t.bulletins.version));
  },

  /** All that went out, to verify the ledger. */
  async issued({ q, t }: Tx): Promise<BulletinRow[]> {
    return q.select().from(t.bulletins).where(ne(t.bulletins.state, 'draft'));
  },
};

export const bulletinWrites = {
  /** undefined when the version is there already. */
  async insert({ q, t }: Tx, bulletin: NewBulletin): Promise<BulletinRow | undefined> {
    const { bannerId, quarter, version } = t.bulletins;
    const [row] = await q
      .insert(t.bulletins)
      .values(bulletin)
      .onConflictDoNothing({ target: [bannerId, quarter, version] })
      .returning();
    return row;
  },

  /** Nobody else changes it until the transaction ends. */
  async take({ q, t, forUpdate }: Tx, id: number): Promise<BulletinRow | undefined> {
    return (await forUpdate(q.select().from(t.bulletins).where(eq(t.bulletins.id, id))))[0];
  },

  async update({ q, t }: Tx, { id, set }: { id: number; set: Partial<NewBulletin> }): Promise<BulletinRow> {
    const [row] = await q.update(t.bulletins).set(set).where(eq(t.bulletins.id, id)).returning();
    if (!row) throw new Error(`bulletin ${id} does not exist`);
    return row;
  },
};
