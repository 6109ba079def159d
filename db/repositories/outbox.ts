import { type AnyColumn, and, asc, count, desc, eq, gt, inArray, lt, lte, min, or, sql } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import { prepared, preparedForRow } from '../prepared.ts';
import type { outbox } from '../schema/sqlite.ts';

export type OutboxRow = typeof outbox.$inferSelect;
export type NewOutboxRow = typeof outbox.$inferInsert;
export type OutboxStatus = OutboxRow['status'];
/** What becomes of a row. Whatever is finished has its time: by that the index of the unfinished ones goes. */
export type OutboxChange = Partial<Omit<NewOutboxRow, 'id' | 'status' | 'settledAt'>> &
  (
    | { readonly status: 'sent' | 'dead'; readonly settledAt: number }
    | { readonly status?: 'waiting' | 'sending'; readonly settledAt?: never }
  );

/** Written out, because a status that is bound as a parameter keeps SQLite from using the index of unfinished rows. */
const unfinished = (status: AnyColumn) => sql`${status} in ('waiting', 'sending')`;

/** Longer than any row is put off for. */
const PUT_OFF_MAX_MS = 30 * 60_000;

const insertRow = preparedForRow<NewOutboxRow>()(({ q, t }, row) => q.insert(t.outbox).values(row).prepare());

const insertOrReplace = preparedForRow<NewOutboxRow>()(({ q, t }, row) =>
  q
    .insert(t.outbox)
    .values(row)
    .onConflictDoUpdate({
      target: t.outbox.dedupeKey,
      targetWhere: sql`status = 'waiting' and dedupe_key is not null`,
      set: { content: sql`excluded.content` },
    })
    .prepare(),
);

const updateRow = preparedForRow<Partial<NewOutboxRow> & { id: number }>()(({ q, t }, { id, ...set }) =>
  q.update(t.outbox).set(set).where(eq(t.outbox.id, id)).prepare(),
);

const selectById = prepared(({ q, t }) =>
  q
    .select()
    .from(t.outbox)
    .where(eq(t.outbox.id, sql.placeholder('id')))
    .prepare(),
);

const selectWaiting = prepared(({ q, t }) =>
  q
    .select({ id: t.outbox.id })
    .from(t.outbox)
    .where(and(eq(t.outbox.dedupeKey, sql.placeholder('dedupeKey')), sql`${t.outbox.status} = 'waiting'`))
    .prepare(),
);

const selectNext = prepared((tx) => {
  const { q, t } = tx;
  return q
    .select({ at: min(t.outbox.availableAt) })
    .from(t.outbox)
    .where(oldestOfLane(tx))
    .prepare();
});

/** `late`: a row due after it was written before the clock was set back, and is due now. */
const selectDue = prepared((tx) => {
  const { q, t } = tx;
  const isDue = or(
    lte(t.outbox.availableAt, sql.placeholder('now')),
    gt(t.outbox.availableAt, sql.placeholder('late')),
  );
  const due = q
    .select({ id: t.outbox.id })
    .from(t.outbox)
    .where(and(oldestOfLane(tx), isDue))
    .orderBy(asc(t.outbox.availableAt), asc(t.outbox.id))
    .limit(sql.placeholder('limit'));
  // A row that another process is taking counts as unfinished still, so the next one of its lane stays where it is.
  return tx.forUpdate(due, 'skip').prepare();
});

export const outboxReads = {
  /** Rows per status, of those not delivered; what was delivered in a month is too much to be counted at every look. */
  async counts({ q, t }: Tx): Promise<Map<OutboxStatus, number>> {
    const rows = await q
      .select({ status: t.outbox.status, n: count() })
      .from(t.outbox)
      .where(inArray(t.outbox.status, ['waiting', 'sending', 'dead']))
      .groupBy(t.outbox.status);
    return new Map(rows.map((row) => [row.status, row.n]));
  },

  /** What could not be delivered, newest first. */
  async dead({ q, t }: Tx, limit: number): Promise<OutboxRow[]> {
    return q.select().from(t.outbox).where(eq(t.outbox.status, 'dead')).orderBy(desc(t.outbox.id)).limit(limit);
  },

  /** When the oldest row that is not yet sent was written; undefined when there is none. */
  async oldestUnsent({ q, t }: Tx): Promise<number | undefined> {
    const unsent = unfinished(t.outbox.status);
    const [row] = await q
      .select({ at: min(t.outbox.createdAt) })
      .from(t.outbox)
      .where(unsent);
    return row?.at ?? undefined;
  },

  /** When the next row may be claimed; undefined when nothing is unfinished. */
  async nextAvailableAt(tx: Tx): Promise<number | undefined> {
    const [row] = await selectNext(tx).execute();
    return row?.at ?? undefined;
  },
};

export const outboxWrites = {
  /** Adds a row; while one of the same dedupe key waits, that one takes over the newer content instead. */
  async insert(tx: Tx, row: NewOutboxRow): Promise<void> {
    const { query, values } = row.dedupeKey == null ? insertRow(tx, row) : insertOrReplace(tx, row);
    await query.execute(values);
  },

  /**
   * Takes what is due: only the oldest unfinished row of each lane, earliest first. A row found `sending` had a lease that ran
   * out: from the start of that lease on its attempt may have reached the platform.
   */
  async claim(tx: Tx, at: { now: number; limit: number; leaseMs: number }): Promise<OutboxRow[]> {
    const { q, t } = tx;
    const { now, limit } = at;
    const due = await selectDue(tx).execute({ now, late: now + PUT_OFF_MAX_MS, limit });
    if (due.length === 0) return [];
    const claimed = await q
      .update(t.outbox)
      .set({
        status: 'sending',
        availableAt: at.now + at.leaseMs,
        attempts: sql`${t.outbox.attempts} + 1`,
        unconfirmedSince: sql`case when ${t.outbox.status} = 'sending' then coalesce(${t.outbox.unconfirmedSince}, ${t.outbox.availableAt} - ${at.leaseMs}) else ${t.outbox.unconfirmedSince} end`,
      })
      .where(
        inArray(
          t.outbox.id,
          due.map((row) => row.id),
        ),
      )
      .returning();
    const order = new Map(due.map((row, index) => [row.id, index]));
    return claimed.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  },

  async settle(tx: Tx, change: { id: number; set: OutboxChange }): Promise<void> {
    const { query, values } = updateRow(tx, { ...change.set, id: change.id });
    await query.execute(values);
  },

  /** Puts a claimed row back to wait, unless a newer row of the same key waits already: that one will say it all. */
  async putBack(
    tx: Tx,
    change: { id: number; set: Omit<OutboxChange, 'status' | 'settledAt'>; at: number },
  ): Promise<void> {
    const [row] = await selectById(tx).execute({ id: change.id });
    const overtaken = row?.dedupeKey != null && (await isWaiting(tx, row.dedupeKey));
    const set: OutboxChange = overtaken
      ? { status: 'sent', settledAt: change.at, error: 'overtaken' }
      : { ...change.set, status: 'waiting' };
    await outboxWrites.settle(tx, { id: change.id, set });
  },

  /**
   * Forgets what was delivered before `before` (ms). A row is delivered within its last lease, so the end of that lease tells,
   * by the index, which rows need not be looked at: a month of messages is a million rows.
   */
  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q
      .delete(t.outbox)
      .where(
        and(
          eq(t.outbox.status, 'sent'),
          lt(t.outbox.availableAt, before + PUT_OFF_MAX_MS),
          lt(t.outbox.settledAt, before),
        ),
      );
  },
};

async function isWaiting(tx: Tx, dedupeKey: string): Promise<boolean> {
  return (await selectWaiting(tx).execute({ dedupeKey })).length > 0;
}

/**
 * The oldest unfinished row of each lane. Goes from lane to lane by the index of lanes, one entry each ("order by … limit 1" leads
 * both engines there): a chat may have thousands of rows waiting, of which only the first matters.
 */
function oldestOfLane({ t }: Tx) {
  const unsent = 'settled_at is null';
  return sql`${t.outbox.id} in (${sql.raw(`
    with recursive lanes(lane) as (
      select * from (select lane from outbox where ${unsent} order by lane, id limit 1) as first
      union all
      select (select lane from outbox where ${unsent} and lane > lanes.lane order by lane, id limit 1)
      from lanes where lanes.lane is not null
    )
    select (select id from outbox where ${unsent} and lane = lanes.lane order by lane, id limit 1)
    from lanes where lanes.lane is not null`)})`;
}
