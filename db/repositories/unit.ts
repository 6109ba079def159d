import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { UnitLevel } from '../../src/domain/unit.ts';
import type { Tables, Tx } from '../database.ts';
import { preparedForList } from '../prepared.ts';

export type UnitRow = Tables['units']['$inferSelect'];
export type NewUnit = Tables['units']['$inferInsert'];

/** The unit of this number, then its parents up to the root, among units that have been read. */
export function lineOf(id: number, units: readonly UnitRow[]): UnitRow[] {
  const line: UnitRow[] = [];
  for (let next: number | null = id; next !== null; ) {
    const unit = units.find((one) => one.id === next);
    if (!unit || line.includes(unit)) break;
    line.push(unit);
    next = unit.parentId;
  }
  return line;
}

export const unitReads = {
  async byId({ q, t }: Tx, id: number): Promise<UnitRow | undefined> {
    return (await q.select().from(t.units).where(eq(t.units.id, id)))[0];
  },

  async byCode({ q, t }: Tx, code: string): Promise<UnitRow | undefined> {
    return (await q.select().from(t.units).where(eq(t.units.code, code)))[0];
  },

  /** Every unit's id by its code, also of those no longer active. */
  async idsByCode({ q, t }: Tx): Promise<Map<string, number>> {
    const rows = await q.select({ code: t.units.code, id: t.units.id }).from(t.units);
    return new Map(rows.map(({ code, id }) => [code, id]));
  },

  /** Units bound to the chat; usually one, but a small town may share a group with its village. */
  async byChat(tx: Tx, chatId: string): Promise<UnitRow[]> {
    return unitReads.byChats(tx, [chatId]);
  },

  /** Every unit, closed ones too. */
  async all({ q, t }: Tx): Promise<UnitRow[]> {
    return q.select().from(t.units).orderBy(asc(t.units.id));
  },

  /** Active units of the given levels, in the order of the plan. */
  async ofLevels({ q, t }: Tx, levels: readonly UnitLevel[]): Promise<UnitRow[]> {
    return q
      .select()
      .from(t.units)
      .where(and(inArray(t.units.level, [...levels]), eq(t.units.active, true)))
      .orderBy(asc(t.units.id));
  },

  async children({ q, t }: Tx, parentId: number): Promise<UnitRow[]> {
    return q
      .select()
      .from(t.units)
      .where(and(eq(t.units.parentId, parentId), eq(t.units.active, true)))
      .orderBy(asc(t.units.id));
  },

  /** Units bound to any of the chats. */
  byChats: preparedForList(({ q, t }, chatIds) =>
    q.select().from(t.units).where(inArray(t.units.chatId, chatIds)).orderBy(asc(t.units.id)).prepare(),
  ),

  /** The units themselves and everything above them, in no order: `lineOf` puts one's line together. */
  withAbove: preparedForList(({ q, t }, ids) => {
    const given = sql.join(ids, sql`, `);
    // `union` ends at a unit that has been seen, so that a circle of parents does not go on for ever.
    const above = sql`(with recursive above(id) as (select ${t.units.id} from ${t.units} where ${t.units.id} in (${given}) union select ${t.units.parentId} from ${t.units} inner join above on ${t.units.id} = above.id where ${t.units.parentId} is not null) select id from above)`;
    return q.select().from(t.units).where(sql`${t.units.id} in ${above}`).prepare();
  }),

  /** The unit itself, then its parents up to the root; at most five levels. */
  async lineage(tx: Tx, id: number): Promise<UnitRow[]> {
    return lineOf(id, await unitReads.withAbove(tx, [id]));
  },
};

export const unitWrites = {
  async insert({ q, t }: Tx, unit: NewUnit): Promise<UnitRow> {
    const [row] = await q.insert(t.units).values(unit).returning();
    if (!row) throw new Error('insert into units returned no row');
    return row;
  },

  async update({ q, t }: Tx, change: { id: number; set: Partial<NewUnit> }): Promise<void> {
    await q.update(t.units).set(change.set).where(eq(t.units.id, change.id));
  },

  /** Adds a unit unless one of that code exists; what an admin changed since stays. */
  async addIfMissing(tx: Tx, unit: NewUnit): Promise<void> {
    const { q, t } = tx;
    await q.insert(t.units).values(unit).onConflictDoNothing({ target: t.units.code });
  },

  async setChat(tx: Tx, change: { unitId: number; chatId: string | null }): Promise<void> {
    const { q, t } = tx;
    await q.update(t.units).set({ chatId: change.chatId }).where(eq(t.units.id, change.unitId));
  },

  /** The bot left the chat: no unit is reached there any more. */
  async releaseChat(tx: Tx, chatId: string): Promise<void> {
    const { q, t } = tx;
    await q.update(t.units).set({ chatId: null }).where(eq(t.units.chatId, chatId));
  },
};
