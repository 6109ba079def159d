/** The outbox in memory, as `src/outbox/store.ts` describes it, and a platform that answers as it is told. */
import type { Card } from '../../cards/card.ts';
import type { LarkPort } from '../../src/lark/port.ts';
import { type Claim, LEASE_MS, type OutboxRow, type OutboxStore } from '../../src/outbox/store.ts';

export interface StoredRow extends OutboxRow {
  status: 'waiting' | 'sending' | 'sent' | 'skipped' | 'dead' | 'expired';
  availableAt: number;
  attempts: number;
  unconfirmedSince: number | null;
  note: string | undefined;
  sentMessageId: string | undefined;
}

export class MemoryStore implements OutboxStore {
  readonly rows: StoredRow[] = [];
  claims = 0;
  /** Rows whose pace did not let them go at once. */
  putOff = 0;

  add(row: Partial<OutboxRow> & { target: string; availableAt?: number }): StoredRow {
    const id = this.rows.length + 1;
    const stored: StoredRow = {
      id,
      uuid: `uuid-${id}`,
      lane: row.target,
      operation: 'post',
      messageId: null,
      livingCardId: null,
      content: {},
      attempts: 0,
      createdAt: 0,
      unconfirmedSince: null,
      status: 'waiting',
      availableAt: 0,
      note: undefined,
      sentMessageId: undefined,
      ...row,
    };
    this.rows.push(stored);
    return stored;
  }

  get(id: number): StoredRow {
    const found = this.rows.find((row) => row.id === id);
    if (!found) throw new Error(`no row ${id}`);
    return found;
  }

  #heads(): StoredRow[] {
    const heads = new Map<string, StoredRow>();
    for (const row of this.rows) {
      const unfinished = row.status === 'waiting' || row.status === 'sending';
      if (unfinished && !heads.has(row.lane)) heads.set(row.lane, row);
    }
    return [...heads.values()].sort((a, b) => a.availableAt - b.availableAt);
  }

  async claim({ now, limit, slotOf }: Claim): Promise<{ rows: OutboxRow[]; more: boolean }> {
    this.claims += 1;
    const rows: OutboxRow[] = [];
    const found = this.#heads()
      .filter(({ availableAt }) => availableAt <= now)
      .slice(0, limit);
    for (const row of found) {
      const { id, target, operation, messageId } = row;
      const slot = slotOf({ id, target, updates: operation === 'update' ? (messageId ?? undefined) : undefined });
      if (row.status === 'sending') row.unconfirmedSince ??= row.availableAt - LEASE_MS;
      if (slot > now) {
        row.availableAt = slot;
        this.putOff += 1;
        continue;
      }
      row.status = 'sending';
      row.availableAt = now + LEASE_MS;
      row.attempts += 1;
      rows.push({ ...row });
    }
    return { rows, more: found.length === limit };
  }

  async settleSent(row: OutboxRow, sent: { messageId: string; at: number }): Promise<void> {
    Object.assign(this.get(row.id), { status: 'sent', sentMessageId: sent.messageId });
  }

  async settleSkipped(row: OutboxRow, skipped: { reason: string }): Promise<void> {
    Object.assign(this.get(row.id), { status: 'skipped', note: skipped.reason });
  }

  async settleRetry(
    row: OutboxRow,
    retry: { availableAt: number; error: string; unconfirmedSince: number | null },
  ): Promise<void> {
    const { availableAt, error: note, unconfirmedSince } = retry;
    Object.assign(this.get(row.id), { status: 'waiting', availableAt, note, unconfirmedSince });
  }

  async postpone(row: OutboxRow, until: number): Promise<void> {
    const stored = this.get(row.id);
    Object.assign(stored, { status: 'waiting', availableAt: until, attempts: stored.attempts - 1 });
  }

  async settleDead(row: OutboxRow, dead: { error: string }): Promise<void> {
    Object.assign(this.get(row.id), { status: 'dead', note: dead.error });
  }

  async settleExpired(row: OutboxRow, expired: { error: string }): Promise<void> {
    Object.assign(this.get(row.id), { status: 'expired', note: expired.error });
  }

  async nextAvailableAt(): Promise<number | undefined> {
    return this.#heads()[0]?.availableAt;
  }
}

export interface Call {
  readonly at: number;
  readonly operation: 'post' | 'reply' | 'update' | 'upload' | 'postFile';
  readonly to: string;
  readonly uuid: string | undefined;
  readonly card: Card | undefined;
}

/** Answers with the next of `failures`, or with success. */
export function fakeLark(clock: { now(): number }): { lark: LarkPort; calls: Call[]; failures: (Error | undefined)[] } {
  const calls: Call[] = [];
  const failures: (Error | undefined)[] = [];
  async function take(call: Call): Promise<{ messageId: string }> {
    calls.push(call);
    const failure = failures.shift();
    if (failure) throw failure;
    return { messageId: `om_${calls.length}` };
  }
  return {
    calls,
    failures,
    lark: {
      post: ({ target, card, uuid }) => take({ at: clock.now(), operation: 'post', to: target, uuid, card }),
      reply: ({ messageId, card, uuid }) => take({ at: clock.now(), operation: 'reply', to: messageId, uuid, card }),
      async upload({ name }) {
        await take({ at: clock.now(), operation: 'upload', to: name, uuid: undefined, card: undefined });
        return { fileKey: `file_${calls.length}` };
      },
      postFile: ({ target, fileKey: _, uuid }) =>
        take({ at: clock.now(), operation: 'postFile', to: target, uuid, card: undefined }),
      update: async ({ messageId, card }) => {
        await take({ at: clock.now(), operation: 'update', to: messageId, uuid: undefined, card });
      },
    },
  };
}
