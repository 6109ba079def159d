import {
  type AnyColumn,
  and,
  asc,
  between,
  count,
  desc,
  eq,
  gt,
  inArray,
  lt,
  lte,
  min,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';

export type OutboxRow = Tables['outbox']['$inferSelect'];
export type NewOutboxRow = Tables['outbox']['$inferInsert'];
export type OutboxStatus = OutboxRow['status'];
/** What becomes of a row. Whatever is finished has its time: by that the index of the unfinished ones goes. */
export type OutboxChange = Partial<Omit<NewOutboxRow, 'id' | 'status' | 'settledAt'>> &
  (
    | { readonly status: 'sent' | 'dead'; readonly settledAt: number }
    | { readonly status?: 'waiting' | 'sending'; readonly settledAt?: never }
  );

/** Written out in the index's own words, without which SQLite does not use it; what is bound as a parameter may be anything. */
const unsent = (status: AnyColumn) => sql`${status} <> 'sent'`;

/** Longer than any row is put off for. */
const PUT_OFF_MAX_MS = 30 * 60_000;

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

const selectNext = prepared((tx) =>
  tx.q
    .select({ at: min(tx.t.outbox.availableAt) })
    .from(tx.t.outbox)
    .where(oldestOfLane(tx))
    .prepare(),
);

const selectNextAlone = prepared((tx) =>
  tx.q
    .select({ at: tx.t.outbox.availableAt })
    .from(tx.t.outbox)
    .where(firstOfItsCard(tx))
    .orderBy(asc(tx.t.outbox.availableAt))
    .limit(1)
    .prepare(),
);

/** A row that may be sent now, as far as its pace goes. */
export type DueRow = Pick<OutboxRow, 'id' | 'target' | 'operation' | 'messageId' | 'livingCardId'> & {
  readonly at: number;
};

export interface Claim {
  readonly now: number;
  /** Rows to look at, at most. */
  readonly limit: number;
  readonly leaseMs: number;
  /** From when a row may be sent; one that may not yet is put off until then. Default: all may. */
  readonly slotOf?: (row: DueRow) => number;
}

/** `late`: a row due after it was written before the clock was set back, and is due now. */
const selectDue = prepared((tx) => {
  const { availableAt } = tx.t.outbox;
  const isDue = or(lte(availableAt, sql.placeholder('now')), gt(availableAt, sql.placeholder('late')));
  // A row that another process is taking counts as unfinished still, so the next one of its lane stays where it is.
  return tx.forUpdate(dueOf(tx, and(oldestOfLane(tx), isDue)), 'skip').prepare();
});

const selectDueAlone = prepared((tx) => {
  const isDue = between(tx.t.outbox.availableAt, sql.placeholder('from'), sql.placeholder('to'));
  return tx.forUpdate(dueOf(tx, and(firstOfItsCard(tx), isDue)), 'skip').prepare();
});

function dueOf({ q, t }: Tx, condition: SQL | undefined) {
  const { id, availableAt: at, target, operation, messageId, livingCardId } = t.outbox;
  return q
    .select({ id, at, target, operation, messageId, livingCardId })
    .from(t.outbox)
    .where(condition)
    .orderBy(asc(at), asc(id))
    .limit(sql.placeholder('limit'));
}

/** One whose lease ran out stays as it is, so that it still goes before a newer one of its key. */
const putOffRow = prepared((tx) => {
  const { q, t } = tx;
  return q
    .update(t.outbox)
    .set({
      availableAt: sql`${sql.placeholder('until')}`,
      unconfirmedSince: sinceLostLease(tx, sql.placeholder('leaseMs')),
    })
    .where(eq(t.outbox.id, sql.placeholder('id')))
    .prepare();
});

/** A row found `sending` had a lease that ran out: it was sent at its beginning, if at all. */
function sinceLostLease({ t }: Tx, leaseMs: number | Placeholder): SQL {
  const { availableAt, unconfirmedSince, status } = t.outbox;
  const leaseBegan = sql`${availableAt} - ${leaseMs}`;
  return sql`case when ${status} = 'sending' then coalesce(${unconfirmedSince}, ${leaseBegan}) else ${unconfirmedSince} end`;
}

/** What may be sent now, earliest first. */
async function due(tx: Tx, { now, limit }: { now: number; limit: number }): Promise<DueRow[]> {
  const late = now + PUT_OFF_MAX_MS;
  const found = await selectDue(tx).execute({ now, late, limit });
  const alone = selectDueAlone(tx);
  found.push(...(await alone.execute({ from: 0, to: now, limit })));
  found.push(...(await alone.execute({ from: late + 1, to: Number.MAX_SAFE_INTEGER, limit })));
  return found.sort((a, b) => a.at - b.at || a.id - b.id).slice(0, limit);
}

export const outboxReads = {
  /** Rows per status, of those not delivered; what was delivered in a month is too much to be counted at every look. */
  async counts({ q, t }: Tx): Promise<Map<OutboxStatus, number>> {
    const rows = await q
      .select({ status: t.outbox.status, n: count() })
      .from(t.outbox)
      .where(unsent(t.outbox.status))
      .groupBy(t.outbox.status);
    return new Map(rows.map((row) => [row.status, row.n]));
  },

  /** What could not be delivered, newest first. */
  async dead({ q, t }: Tx, limit: number): Promise<OutboxRow[]> {
    const { id, status } = t.outbox;
    return q
      .select()
      .from(t.outbox)
      .where(and(unsent(status), eq(status, 'dead')))
      .orderBy(desc(id))
      .limit(limit);
  },

  /** When the oldest row that is not yet sent was written; undefined when there is none. */
  async oldestUnsent({ q, t }: Tx): Promise<number | undefined> {
    const { createdAt, status } = t.outbox;
    const [row] = await q
      .select({ at: min(createdAt) })
      .from(t.outbox)
      .where(and(unsent(status), inArray(status, ['waiting', 'sending'])));
    return row?.at ?? undefined;
  },

  /** When the next row may be claimed; undefined when nothing is unfinished. */
  async nextAvailableAt(tx: Tx): Promise<number | undefined> {
    const [shared] = await selectNext(tx).execute();
    const [alone] = await selectNextAlone(tx).execute();
    const times = [shared?.at, alone?.at].filter((at) => at != null);
    return times.length === 0 ? undefined : Math.min(...times);
  },
};

export const outboxWrites = {
  /** Adds a row; while one of the same dedupe key waits, that one takes over the newer content instead. */
  async insert(tx: Tx, row: NewOutboxRow): Promise<void> {
    const { q, t } = tx;
    await q
      .insert(t.outbox)
      .values(row)
      .onConflictDoUpdate({
        target: t.outbox.dedupeKey,
        targetWhere: sql`status = 'waiting' and dedupe_key is not null`,
        set: { content: sql`excluded.content` },
      });
  },

  /**
   * Takes what is due and may be sent: only the oldest unfinished row of each lane, earliest first. A row found `sending` had a
   * lease that ran out: from the start of that lease on its attempt may have reached the platform. `more`: `limit` rows have been
   * looked at, and further ones may be due.
   */
  async claim(tx: Tx, { now, limit, leaseMs, slotOf }: Claim): Promise<{ rows: OutboxRow[]; more: boolean }> {
    // No more than may be taken: other processes pass over what is looked at.
    const found = await due(tx, { now, limit });
    const ids: number[] = [];
    for (const row of found) {
      const slot = slotOf?.(row) ?? now;
      if (slot <= now) ids.push(row.id);
      else await putOffRow(tx).execute({ id: row.id, until: Math.min(slot, now + PUT_OFF_MAX_MS), leaseMs });
    }
    const { q, t } = tx;
    if (ids.length === 0) return { rows: [], more: found.length === limit };
    const claimed = await q
      .update(t.outbox)
      .set({
        status: 'sending',
        availableAt: now + leaseMs,
        attempts: sql`${t.outbox.attempts} + 1`,
        unconfirmedSince: sinceLostLease(tx, leaseMs),
      })
      .where(inArray(t.outbox.id, ids))
      .returning();
    const order = new Map(ids.map((id, index) => [id, index]));
    return {
      rows: claimed.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
      more: found.length === limit,
    };
  },

  async settle(tx: Tx, change: { id: number; set: OutboxChange }): Promise<void> {
    const { q, t } = tx;
    await q.update(t.outbox).set(change.set).where(eq(t.outbox.id, change.id));
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

  /** Forgets what was delivered before `before` (ms). */
  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.outbox).where(and(sql`${t.outbox.status} = 'sent'`, lt(t.outbox.settledAt, before)));
  },
};

async function isWaiting(tx: Tx, dedupeKey: string): Promise<boolean> {
  return (await selectWaiting(tx).execute({ dedupeKey })).length > 0;
}

/**
 * The oldest unfinished row of each lane that several messages share. Goes from lane to lane by the index of lanes, one entry each
 * ("order by … limit 1" leads both engines there): a chat may have thousands of rows waiting, of which only the first matters.
 */
function oldestOfLane({ t }: Tx) {
  const unfinished = 'settled_at is null and lane is distinct from dedupe_key';
  return sql`${t.outbox.id} in (${sql.raw(`
    with recursive lanes(lane) as (
      select * from (select lane from outbox where ${unfinished} order by lane, id limit 1) as first
      union all
      select (select lane from outbox where ${unfinished} and lane > lanes.lane order by lane, id limit 1)
      from lanes where lanes.lane is not null
    )
    select (select id from outbox where ${unfinished} and lane = lanes.lane order by lane, id limit 1)
    from lanes where lanes.lane is not null`)})`;
}

/**
 * An unfinished update of a card that has the lane to itself: at most one waits, behind at most one that is being sent. There may be
 * thousands of such lanes, so they are not gone through: the index has their rows by the time they are due.
 */
function firstOfItsCard({ t }: Tx) {
  const { lane, dedupeKey, settledAt, status } = t.outbox;
  const unfinished = sql`${settledAt} is null and ${lane} = ${dedupeKey}`;
  const inHand = sql.raw(`select lane from outbox where status <> 'sent' and status = 'sending'`);
  return sql`${unfinished} and (${status} = 'sending' or ${lane} not in (${inHand}))`;
}
