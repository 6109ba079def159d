/** The outbox in memory, as `src/outbox/store.ts` describes it, and a platform that answers as it is told. */
import type { Card } from '../../cards/card.ts';
import type { LarkPort } from '../../src/lark/port.ts';
import { type Claim, LEASE_MS, type OutboxRow, type OutboxStore, type Waiting } from '../../src/outbox/store.ts';
import type { Settlement } from '../../src/services/message/settle.ts';

export interface StoredRow extends OutboxRow {
  status: 'waiting' | 'sending' | 'sent' | 'skipped' | 'dead' | 'expired' | 'chatLost';
  availableAt: number;
  attempts: number;
  unconfirmedSince: number | null;
  note: string | undefined;
  sentMessageId: string | undefined;
}

export class MemoryStore implements OutboxStore {
  readonly rows: StoredRow[] = [];
  claims = 0;

  readonly #now: () => number;

  constructor(now: () => number = () => 0) {
    this.#now = now;
  }

  add(row: Partial<OutboxRow> & { target: string; availableAt?: number }): StoredRow {
    const id = this.rows.length + 1;
    const stored: StoredRow = {
      id,
      uuid: `uuid-${id}`,
      lane: row.target,
      operation: 'post',
      messageId: null,
      livingCardId: null,
      contentSealed: '',
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

  async claim({ now, limit, full, roomFor }: Claim): Promise<{ rows: OutboxRow[]; more: boolean }> {
    this.claims += 1;
    const rows: OutboxRow[] = [];
    const found = this.#heads()
      .filter(({ availableAt, target }) => availableAt <= now && !full.includes(target))
      .slice(0, limit);
    for (const row of found) {
      if (rows.filter(({ target }) => target === row.target).length >= roomFor(row.target)) continue;
      if (row.status === 'sending') row.unconfirmedSince ??= row.availableAt - LEASE_MS;
      row.status = 'sending';
      row.availableAt = now + LEASE_MS;
      row.attempts += 1;
      rows.push({ ...row });
    }
    return { rows, more: found.length === limit };
  }

  async settle(row: OutboxRow, settlement: Settlement): Promise<void> {
    const stored = this.get(row.id);
    switch (settlement.kind) {
      case 'sent':
        Object.assign(stored, { status: 'sent', sentMessageId: settlement.messageId });
        return;
      case 'skipped':
        Object.assign(stored, { status: 'skipped', note: settlement.reason });
        return;
      case 'retry': {
        const { availableAt, error: note, unconfirmedSince = stored.unconfirmedSince } = settlement;
        Object.assign(stored, { status: 'waiting', availableAt, note, unconfirmedSince });
        return;
      }
      case 'postponed': {
        const { availableAt } = settlement;
        Object.assign(stored, { status: 'waiting', availableAt, attempts: stored.attempts - 1 });
        return;
      }
      case 'quota':
        Object.assign(stored, { status: 'waiting', availableAt: this.#now(), attempts: stored.attempts - 1 });
        return;
      default:
        Object.assign(stored, { status: settlement.kind, note: settlement.error });
    }
  }

  async renew({ ids, now }: { ids: readonly number[]; now: number }): Promise<void> {
    for (const id of ids) if (this.get(id).status === 'sending') this.get(id).availableAt = now + LEASE_MS;
  }

  async waiting(): Promise<Waiting[]> {
    return this.#heads().map(({ target, availableAt: at }) => ({ target, at }));
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
      download: () => Promise.reject(new Error('a file was fetched')),
      update: async ({ messageId, card }) => {
        await take({ at: clock.now(), operation: 'update', to: messageId, uuid: undefined, card });
      },
    },
  };
}
