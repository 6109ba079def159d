import { asc, count, desc, eq, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import type { outbox } from '../schema/sqlite.ts';

export type OutboxRow = typeof outbox.$inferSelect;
export type NewOutboxRow = typeof outbox.$inferInsert;

export const outboxReads = {
  /** Rows per status. */
  async counts({ q, t }: Tx): Promise<Map<OutboxRow['status'], number>> {
    const rows = await q.select({ status: t.outbox.status, n: count() }).from(t.outbox).groupBy(t.outbox.status);
    return new Map(rows.map((row) => [row.status, row.n]));
  },

  /** What could not be delivered, newest first. */
  async dead({ q, t }: Tx, limit: number): Promise<OutboxRow[]> {
    return q.select().from(t.outbox).where(eq(t.outbox.status, 'dead')).orderBy(desc(t.outbox.id)).limit(limit);
  },

  async byId({ q, t }: Tx, id: number): Promise<OutboxRow | undefined> {
    return (await q.select().from(t.outbox).where(eq(t.outbox.id, id)).orderBy(asc(t.outbox.id)))[0];
  },
};

export const outboxWrites = {
  /** Adds a row; while one of the same dedupe key waits, that one takes over the newer content instead. */
  async insert({ q, t }: Tx, row: NewOutboxRow): Promise<void> {
    const insert = q.insert(t.outbox).values(row);
    if (row.dedupeKey == null) {
      await insert;
      return;
    }
    await insert.onConflictDoUpdate({
      target: t.outbox.dedupeKey,
      targetWhere: sql`status = 'waiting' and dedupe_key is not null`,
      set: { content: row.content },
    });
  },
};
