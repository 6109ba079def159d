import {
  aliasedTable,
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  min,
  ne,
  notExists,
  notInArray,
  or,
  sql,
  sum,
} from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { preparedForRows } from '../prepared.ts';

export type OutboxRow = Tables['outbox']['$inferSelect'];
export type NewOutboxRow = Tables['outbox']['$inferInsert'];
export type OutboxStatus = OutboxRow['status'];
/** What becomes of a row. Whatever is finished has its time: by that the index of the unfinished ones goes. */
export type OutboxChange = Partial<Omit<NewOutboxRow, 'id' | 'status' | 'settledAt'>> &
  (
    | { readonly status: 'sent' | 'dead'; readonly settledAt: number }
    | { readonly status?: 'waiting' | 'sending'; readonly settledAt?: never }
  );

/** Longer than any row waits: one that is due later was written before the clock was set back, and is due now. */
const WAIT_MAX_MS = 30 * 60_000;

export interface Claim {
  readonly now: number;
  /** Rows, at most. */
  readonly limit: number;
  readonly leaseMs: number;
  /** Targets that nothing may go to now. */
  readonly full?: readonly string[];
  /** How many rows of a target may be taken; any number unless given. */
  readonly roomFor?: (target: string) => number;
}

const insertOrReplace = preparedForRows<NewOutboxRow>()(({ q, t }, rows) =>
  q
    .insert(t.outbox)
    .values(rows)
    .onConflictDoUpdate({
      target: t.outbox.dedupeKey,
      targetWhere: sql`status = 'waiting' and dedupe_key is not null`,
      // An update says the newest; a file stays the one that was ordered first, for it may have been posted under its uuid.
      set: {
        uuid: sql`excluded.uuid`,
        contentSealed: sql`excluded.content_sealed`,
        availableAt: sql`case when excluded.available_at < ${t.outbox.availableAt} then excluded.available_at else ${t.outbox.availableAt} end`,
      },
      setWhere: sql`excluded.operation = 'update'`,
    })
    .prepare(),
);

/** By which updates of one living card replace each other while they wait. */
export function updateKey(livingCardId: number): string {
  return `card:${livingCardId}`;
}

export const outboxReads = {
  /** The next `limit` by id of those that nobody is sending. */
  async atRest({ q, t }: Tx, page: { afterId: number; limit: number }): Promise<OutboxRow[]> {
    const { id, status } = t.outbox;
    return q
      .select()
      .from(t.outbox)
      .where(and(gt(id, page.afterId), ne(status, 'sending')))
      .orderBy(asc(id))
      .limit(page.limit);
  },

  /** Rows per status, of those not delivered; what was delivered in a month is too much to be counted at every look. */
  async counts({ q, t }: Tx): Promise<Map<OutboxStatus, number>> {
    const rows = await q
      .select({ status: t.outbox.status, n: count() })
      .from(t.outbox)
      .where(unsent(t))
      .groupBy(t.outbox.status);
    return new Map(rows.map((row) => [row.status, row.n]));
  },

  /** What was given up at `since` (ms) or later, newest first. */
  async dead({ q, t }: Tx, wanted: { since: number; limit: number }): Promise<OutboxRow[]> {
    const { id, status, settledAt } = t.outbox;
    return q
      .select()
      .from(t.outbox)
      .where(and(unsent(t), eq(status, 'dead'), gte(settledAt, wanted.since)))
      .orderBy(desc(id))
      .limit(wanted.limit);
  },

  /** When the oldest row that is not yet sent was written; undefined when there is none. */
  async oldestUnsent({ q, t }: Tx): Promise<number | undefined> {
    const { createdAt, status } = t.outbox;
    const [row] = await q
      .select({ at: min(createdAt) })
      .from(t.outbox)
      .where(and(unsent(t), inArray(status, ['waiting', 'sending'])));
    return row?.at ?? undefined;
  },

  /** How often what was delivered at `since` (ms) or later was tried, by what it was. */
  async attemptsSince(
    { q, t }: Tx,
    since: number,
  ): Promise<{ operation: OutboxRow['operation']; isFile: boolean; attempts: number }[]> {
    const { operation, lane, attempts, settledAt, error } = t.outbox;
    const isFile = sql<number>`case when ${lane} like 'files:%' then 1 else 0 end`.mapWith(Number);
    const rows = await q
      .select({ operation, isFile, attempts: sum(attempts) })
      .from(t.outbox)
      .where(and(gte(settledAt, since), isNull(error)))
      .groupBy(operation, isFile);
    return rows.map((row) => ({
      operation: row.operation,
      isFile: row.isFile === 1,
      attempts: Number(row.attempts ?? 0),
    }));
  },

  /** The uuid of the update that waits for a living card, if any. */
  async waitingUpdate({ q, t }: Tx, livingCardId: number): Promise<string | undefined> {
    const { uuid, dedupeKey, status } = t.outbox;
    const isItsUpdate = and(eq(dedupeKey, updateKey(livingCardId)), sql`${status} = 'waiting'`);
    return (await q.select({ uuid }).from(t.outbox).where(isItsUpdate))[0]?.uuid;
  },

  /** Whom something waits for, and when the first of it may be claimed. */
  async waiting(tx: Tx): Promise<{ target: string; at: number }[]> {
    const { target, availableAt } = tx.t.outbox;
    const rows = await tx.q
      .select({ target, at: min(availableAt) })
      .from(tx.t.outbox)
      .where(firstOfLane(tx))
      .groupBy(target);
    return rows.map((row) => ({ target: row.target, at: row.at ?? 0 }));
  },

  /** When the next row may be claimed; undefined when nothing is unfinished. */
  async nextAvailableAt(tx: Tx): Promise<number | undefined> {
    const times = (await outboxReads.waiting(tx)).map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  },
};

export const outboxWrites = {
  /**
   * Adds rows, all of different dedupe keys. While one of the same key waits already nothing is added: an update takes over the
   * newer content instead, with the uuid that it is sealed with, and goes when the earlier of the two would have gone.
   */
  async insert(tx: Tx, ...rows: readonly [NewOutboxRow, ...NewOutboxRow[]]): Promise<void> {
    const { query, values } = insertOrReplace(tx, rows);
    await query.execute(values);
  },

  /**
   * Takes what is due: only the oldest unfinished row of each lane, earliest first. A row found `sending` had a lease that ran
   * out: from the start of that lease on its attempt may have reached the platform. `more`: there may be further ones.
   */
  async claim(tx: Tx, claim: Claim): Promise<{ rows: OutboxRow[]; more: boolean }> {
    // A row that another process is taking counts as unfinished still, so the next one of its lane stays where it is.
    const found = await tx.forUpdate(selectDue(tx, claim), { skip: true });
    const ids = withinRoom(found, claim.roomFor).map((row) => row.id);
    const taken = ids.length === 0 ? [] : await take(tx, { ...claim, ids });
    return { rows: taken.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)), more: found.length === claim.limit };
  },

  /** But for those that somebody has begun to send meanwhile. */
  async remove({ q, t }: Tx, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await q.delete(t.outbox).where(and(inArray(t.outbox.id, [...ids]), ne(t.outbox.status, 'sending')));
  },

  /** Moves the end of the leases of rows that are being sent. */
  async renew({ q, t }: Tx, lease: { ids: readonly number[]; availableAt: number }): Promise<void> {
    const { id, status } = t.outbox;
    await q
      .update(t.outbox)
      .set({ availableAt: lease.availableAt })
      .where(and(inArray(id, [...lease.ids]), eq(status, 'sending')));
  },

  async settle({ q, t }: Tx, change: { id: number; set: OutboxChange }): Promise<void> {
    await q.update(t.outbox).set(change.set).where(eq(t.outbox.id, change.id));
  },

  /** Puts a claimed row back to wait, unless a newer row of the same key waits already: that one will say it all. */
  async putBack(
    tx: Tx,
    change: { id: number; set: Omit<OutboxChange, 'status' | 'settledAt'>; at: number },
  ): Promise<void> {
    const set: OutboxChange = (await isOvertaken(tx, change.id))
      ? { status: 'sent', settledAt: change.at, error: 'overtaken' }
      : { ...change.set, status: 'waiting' };
    await outboxWrites.settle(tx, { id: change.id, set });
  },

  /** Takes out what waits for a target, and returns it; what is being sent just now stays. */
  async withdraw({ q, t }: Tx, from: { target: string; at: number; reason: string }): Promise<OutboxRow[]> {
    const { target, status, settledAt } = t.outbox;
    return q
      .update(t.outbox)
      .set({ status: 'sent', settledAt: from.at, error: from.reason })
      .where(and(isNull(settledAt), eq(target, from.target), eq(status, 'waiting')))
      .returning();
  },

  /** Forgets what was delivered or given up before `before` (ms). */
  async purge({ q, t }: Tx, before: number): Promise<void> {
    await q.delete(t.outbox).where(lt(t.outbox.settledAt, before));
  },
};

/** Written out in the index's own words, without which SQLite does not use it; what is bound as a parameter may be anything. */
function unsent(t: Tx['t']) {
  return sql`${t.outbox.status} <> 'sent'`;
}

/** The oldest unfinished row of each lane; the index of lanes holds no others. */
function firstOfLane({ q, t }: Tx) {
  const { id, lane, settledAt } = t.outbox;
  const first = q
    .select({ id: min(id) })
    .from(t.outbox)
    .where(isNull(settledAt))
    .groupBy(lane);
  return inArray(id, first);
}

/** In the order of an index of the unfinished rows, so that of thousands only the first few are looked at. */
function selectDue(tx: Tx, { now, limit, full = [] }: Claim) {
  const { outbox } = tx.t;
  const { id, target, availableAt, lane, settledAt } = outbox;
  const earlier = aliasedTable(outbox, 'earlier');
  const before = and(isNull(earlier.settledAt), eq(earlier.lane, lane), lt(earlier.id, id));
  return tx.q
    .select({ id, target })
    .from(outbox)
    .where(
      and(
        isNull(settledAt),
        or(lte(availableAt, now), gt(availableAt, now + WAIT_MAX_MS)),
        full.length === 0 ? undefined : notInArray(target, [...full]),
        notExists(tx.q.select({ id: earlier.id }).from(earlier).where(before)),
      ),
    )
    .orderBy(asc(availableAt), asc(id))
    .limit(limit);
}

function withinRoom<Row extends { readonly target: string }>(
  rows: readonly Row[],
  roomFor: Claim['roomFor'] = () => Number.POSITIVE_INFINITY,
): Row[] {
  const taken = new Map<string, number>();
  return rows.filter(({ target }) => {
    const before = taken.get(target) ?? 0;
    taken.set(target, before + 1);
    return before < roomFor(target);
  });
}

async function take({ q, t }: Tx, taking: { ids: number[]; now: number; leaseMs: number }): Promise<OutboxRow[]> {
  const { id, status, availableAt, attempts, unconfirmedSince } = t.outbox;
  const leaseBegan = sql`${availableAt} - ${taking.leaseMs}`;
  return q
    .update(t.outbox)
    .set({
      status: 'sending',
      availableAt: taking.now + taking.leaseMs,
      attempts: sql`${attempts} + 1`,
      unconfirmedSince: sql`case when ${status} = 'sending' then coalesce(${unconfirmedSince}, ${leaseBegan}) else ${unconfirmedSince} end`,
    })
    .where(inArray(id, taking.ids))
    .returning();
}

/** Whether another row of the same key waits. */
async function isOvertaken({ q, t }: Tx, rowId: number): Promise<boolean> {
  const { id, dedupeKey, status } = t.outbox;
  const sameKey = inArray(dedupeKey, q.select({ dedupeKey }).from(t.outbox).where(eq(id, rowId)));
  const waiting = await q
    .select({ id })
    .from(t.outbox)
    .where(and(sameKey, sql`${status} = 'waiting'`));
  return waiting.length > 0;
}
