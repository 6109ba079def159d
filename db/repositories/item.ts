import { and, asc, eq, getTableColumns, gt, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { isOtherItem, OTHER_ITEM_CODE } from '../../src/domain/other-errand.ts';
import type { Tables, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';

/** What an item is called: the same in all of its versions. */
export type ItemNames = Tables['serviceItems']['$inferSelect'];
export type NewItemNames = Tables['serviceItems']['$inferInsert'];
export type ItemVersion = Tables['itemVersions']['$inferSelect'];
export type NewItemVersion = Tables['itemVersions']['$inferInsert'];

/** Of a version, what goes with the item's names wherever the item is looked at. */
export function itemColumns({ serviceItems, itemVersions }: Tables) {
  const { department, departmentUnitId, levels, assistType, workingDays, materials, guide, active } = itemVersions;
  return {
    ...getTableColumns(serviceItems),
    ...{ department, departmentUnitId, levels, assistType, workingDays, materials, guide, active },
    versionId: itemVersions.id,
  };
}

/** An item as one of its versions has it. */
export type ItemRow = ItemNames & {
  readonly versionId: number;
} & Pick<
    ItemVersion,
    'department' | 'departmentUnitId' | 'levels' | 'assistType' | 'workingDays' | 'materials' | 'guide' | 'active'
  >;

/** The versions in force on a day: of each item one at most. */
function inForce({ itemVersions }: Tables, day: unknown): SQL | undefined {
  const { effectiveDay, untilDay } = itemVersions;
  return and(sql`${effectiveDay} <= ${day}`, or(isNull(untilDay), sql`${untilDay} > ${day}`));
}

function selectInForce({ q, t }: Tx, { day, which }: { day: unknown; which?: SQL | undefined }) {
  return q
    .select(itemColumns(t))
    .from(t.serviceItems)
    .innerJoin(t.itemVersions, eq(t.itemVersions.itemId, t.serviceItems.id))
    .where(and(inForce(t, day), which))
    .orderBy(asc(t.serviceItems.id));
}

const selectById = prepared((tx) =>
  selectInForce(tx, { day: sql.placeholder('day'), which: eq(tx.t.serviceItems.id, sql.placeholder('id')) }).prepare(),
);

/** @param day (YYYY-MM-DD) on which the versions are in force. */
export const itemReads = {
  async byId(tx: Tx, wanted: { id: number; day: string }): Promise<ItemRow | undefined> {
    return (await selectById(tx).execute(wanted))[0];
  },

  /** The code of every item, also of those no longer active. */
  async codes({ q, t }: Tx): Promise<Set<string>> {
    const rows = await q.select({ code: t.serviceItems.code }).from(t.serviceItems);
    return new Set(rows.map(({ code }) => code));
  },

  /** The whole catalogue in the order of the annex, without 其他事项. */
  async active(tx: Tx, day: string): Promise<ItemRow[]> {
    const { serviceItems, itemVersions } = tx.t;
    const which = and(eq(itemVersions.active, true), ne(serviceItems.code, OTHER_ITEM_CODE));
    return selectInForce(tx, { day, which });
  },

  /** 其他事项, which stands for every errand outside of the catalogue. */
  async other(tx: Tx, day: string): Promise<ItemRow | undefined> {
    return (await selectInForce(tx, { day, which: eq(tx.t.serviceItems.code, OTHER_ITEM_CODE) }))[0];
  },

  /** What can be registered: the catalogue, and 其他事项 at its end. */
  async offered(tx: Tx, day: string): Promise<ItemRow[]> {
    const rows = await selectInForce(tx, { day, which: eq(tx.t.itemVersions.active, true) });
    return [...rows.filter((row) => !isOtherItem(row)), ...rows.filter(isOtherItem)];
  },

  /** Every item, those out of use too. */
  async all(tx: Tx, day: string): Promise<ItemRow[]> {
    return selectInForce(tx, { day });
  },

  /** Every item in every version that ever was, oldest first. */
  async inEveryVersion({ q, t }: Tx): Promise<ItemRow[]> {
    return q
      .select(itemColumns(t))
      .from(t.itemVersions)
      .innerJoin(t.serviceItems, eq(t.serviceItems.id, t.itemVersions.itemId))
      .orderBy(asc(t.itemVersions.id));
  },

  async names({ q, t }: Tx): Promise<ItemNames[]> {
    return q.select().from(t.serviceItems).orderBy(asc(t.serviceItems.id));
  },

  /** Every version's row, oldest first. */
  async versions({ q, t }: Tx): Promise<ItemVersion[]> {
    return q.select().from(t.itemVersions).orderBy(asc(t.itemVersions.id));
  },

  async versionById({ q, t }: Tx, id: number): Promise<ItemVersion | undefined> {
    return (await q.select().from(t.itemVersions).where(eq(t.itemVersions.id, id)))[0];
  },

  /** The versions of these items, oldest first. */
  async versionsOf({ q, t }: Tx, itemIds: readonly number[]): Promise<ItemVersion[]> {
    if (itemIds.length === 0) return [];
    const { id, itemId } = t.itemVersions;
    return q
      .select()
      .from(t.itemVersions)
      .where(inArray(itemId, [...itemIds]))
      .orderBy(asc(id));
  },

  /** Versions that begin after the day and have not been withdrawn. */
  async planned({ q, t }: Tx, day: string): Promise<ItemVersion[]> {
    const { effectiveDay, id, withdrawnAt } = t.itemVersions;
    const planned = and(gt(effectiveDay, day), isNull(withdrawnAt));
    return q.select().from(t.itemVersions).where(planned).orderBy(asc(id));
  },

  /** Versions that the groups have not been told of, or whose withdrawal they have not, oldest first. */
  async untold({ q, t }: Tx): Promise<ItemVersion[]> {
    const { id, toldAt } = t.itemVersions;
    return q.select().from(t.itemVersions).where(isNull(toldAt)).orderBy(asc(id));
  },

  /** Open cases that were registered under any version of the item. */
  async countOpenCases({ q, t }: Tx, wanted: { itemId: number; states: readonly CaseState[] }): Promise<number> {
    return q.$count(t.cases, and(eq(t.cases.itemId, wanted.itemId), inArray(t.cases.state, [...wanted.states])));
  },
};

type CaseState = Tables['cases']['$inferSelect']['state'];

export const itemWrites = {
  async insert({ q, t }: Tx, item: NewItemNames): Promise<ItemNames> {
    const [row] = await q.insert(t.serviceItems).values(item).returning();
    if (!row) throw new Error('insert into service_items returned no row');
    return row;
  },

  async update({ q, t }: Tx, change: { id: number; set: Partial<NewItemNames> }): Promise<void> {
    await q.update(t.serviceItems).set(change.set).where(eq(t.serviceItems.id, change.id));
  },

  /** The item's versions, oldest first; until the transaction ends nobody else makes one of it. */
  async takeVersions(tx: Tx, itemId: number): Promise<ItemVersion[]> {
    const { q, t } = tx;
    await tx.hold(() => q.select().from(t.serviceItems).where(eq(t.serviceItems.id, itemId)));
    return q.select().from(t.itemVersions).where(eq(t.itemVersions.itemId, itemId)).orderBy(asc(t.itemVersions.id));
  },

  async insertVersion({ q, t }: Tx, version: NewItemVersion): Promise<ItemVersion> {
    const [row] = await q.insert(t.itemVersions).values(version).returning();
    if (!row) throw new Error('insert into item_versions returned no row');
    return row;
  },

  /** What becomes of a version; what it promises never changes. */
  async updateVersion(
    { q, t }: Tx,
    change: { id: number; set: Partial<Pick<ItemVersion, 'untilDay' | 'withdrawnAt' | 'toldAt'>> },
  ): Promise<void> {
    await q.update(t.itemVersions).set(change.set).where(eq(t.itemVersions.id, change.id));
  },

  async markTold({ q, t }: Tx, told: { ids: readonly number[]; at: number }): Promise<void> {
    await q
      .update(t.itemVersions)
      .set({ toldAt: told.at })
      .where(inArray(t.itemVersions.id, [...told.ids]));
  },

  /** Adds an item with its first version unless one of that 实施编码 exists; what an admin changed since stays. */
  async addIfMissing(
    tx: Tx,
    { names, version }: { names: NewItemNames; version: Omit<NewItemVersion, 'itemId'> },
  ): Promise<void> {
    const { q, t } = tx;
    const [item] = await q
      .insert(t.serviceItems)
      .values(names)
      .onConflictDoNothing({ target: t.serviceItems.code })
      .returning({ id: t.serviceItems.id });
    if (item) await q.insert(t.itemVersions).values({ ...version, itemId: item.id });
  },
};
