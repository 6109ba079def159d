import { asc, eq, lt, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type ImportRecord = Tables['imports']['$inferSelect'];
type NewImport = Tables['imports']['$inferInsert'];

export const importReads = {
  async byId({ q, t }: Tx, id: number): Promise<ImportRecord | undefined> {
    return (await q.select().from(t.imports).where(eq(t.imports.id, id)))[0];
  },

  /** Those whose file has not been read, oldest first. */
  async arrived({ q, t }: Tx): Promise<ImportRecord[]> {
    return q.select().from(t.imports).where(sql`${t.imports.state} = 'arrived'`).orderBy(asc(t.imports.id));
  },
};

export const importWrites = {
  async insert({ q, t }: Tx, row: NewImport): Promise<void> {
    await q.insert(t.imports).values(row);
  },

  /** The import, which nobody else decides until the transaction ends. */
  async take({ q, t, forUpdate }: Tx, id: number): Promise<ImportRecord | undefined> {
    return (await forUpdate(q.select().from(t.imports).where(eq(t.imports.id, id))))[0];
  },

  async update(
    { q, t }: Tx,
    { id, ...set }: Pick<ImportRecord, 'id' | 'state'> & Partial<Pick<ImportRecord, 'contentSealed'>>,
  ): Promise<void> {
    await q.update(t.imports).set(set).where(eq(t.imports.id, id));
  },

  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.imports).where(lt(t.imports.createdAt, before));
  },
};
