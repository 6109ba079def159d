/** The four lists of centers and stations. */
import { and, asc, desc, eq, gt, inArray, lte } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type UnitListRow = Tables['unitLists']['$inferSelect'];
export type NewUnitList = Tables['unitLists']['$inferInsert'];

export const unitListReads = {
  async byId({ q, t }: Tx, id: number): Promise<UnitListRow | undefined> {
    return (await q.select().from(t.unitLists).where(eq(t.unitLists.id, id)))[0];
  },

  /** All that these units ever published, newest first. */
  async ofUnits({ q, t }: Tx, unitIds: readonly number[]): Promise<UnitListRow[]> {
    if (unitIds.length === 0) return [];
    const { unitId, id } = t.unitLists;
    return q
      .select()
      .from(t.unitLists)
      .where(inArray(unitId, [...unitIds]))
      .orderBy(desc(id));
  },

  async all({ q, t }: Tx): Promise<UnitListRow[]> {
    return q.select().from(t.unitLists).orderBy(asc(t.unitLists.id));
  },

  /** What its maker may send a file for now, the newest. */
  async awaited({ q, t }: Tx, wanted: { agentId: number; now: number }): Promise<UnitListRow | undefined> {
    const { madeBy, fileState, awaitedUntil, id } = t.unitLists;
    const open = and(eq(madeBy, wanted.agentId), eq(fileState, 'awaited'), gt(awaitedUntil, wanted.now));
    return (await q.select().from(t.unitLists).where(open).orderBy(desc(id)).limit(1))[0];
  },

  /** The next `limit` by id of those that have a file. */
  async keptPage({ q, t }: Tx, page: { afterId: number; limit: number }): Promise<UnitListRow[]> {
    const { id, fileState } = t.unitLists;
    return q
      .select()
      .from(t.unitLists)
      .where(and(gt(id, page.afterId), eq(fileState, 'kept')))
      .orderBy(asc(id))
      .limit(page.limit);
  },
};

export const unitListWrites = {
  async insert({ q, t }: Tx, list: NewUnitList): Promise<UnitListRow> {
    const [row] = await q.insert(t.unitLists).values(list).returning();
    if (!row) throw new Error('insert into unit_lists returned no row');
    return row;
  },

  /** The newest list of each of a unit's slots; until the transaction ends nobody else publishes one for the unit. */
  async takeOfUnit(tx: Tx, unitId: number): Promise<UnitListRow[]> {
    await tx.hold(() => tx.q.select().from(tx.t.units).where(eq(tx.t.units.id, unitId)));
    return unitListReads.ofUnits(tx, [unitId]);
  },

  async update({ q, t }: Tx, change: { id: number; set: Partial<NewUnitList> }): Promise<void> {
    await q.update(t.unitLists).set(change.set).where(eq(t.unitLists.id, change.id));
  },

  /** What this person sends from now on is no list's file. */
  async endAwaited({ q, t }: Tx, agentId: number): Promise<void> {
    const { madeBy, fileState } = t.unitLists;
    await q
      .update(t.unitLists)
      .set({ fileState: 'none', awaitedUntil: null })
      .where(and(eq(madeBy, agentId), eq(fileState, 'awaited')));
  },

  /** The next whose file is to be fetched; nobody else gets it before the lease is over. */
  async claim(tx: Tx, { now, leaseMs }: { now: number; leaseMs: number }): Promise<UnitListRow | undefined> {
    const { q, t } = tx;
    const { id, fileState, availableAt } = t.unitLists;
    const due = and(eq(fileState, 'waiting'), lte(availableAt, now));
    const select = q.select().from(t.unitLists).where(due).orderBy(asc(availableAt), asc(id)).limit(1);
    const [row] = await tx.forUpdate(select, { skip: true });
    if (!row) return undefined;
    const attempts = row.attempts + 1;
    await unitListWrites.update(tx, { id: row.id, set: { availableAt: now + leaseMs, attempts } });
    return { ...row, attempts };
  },
};
