/** What the dispatcher needs of the table `outbox`. */
import type { PacedSend } from './pacing.ts';

/** A claimed row takes this long at most; a process that was killed has lost it then. Longer than all time-outs of one send. */
export const LEASE_MS = 2 * 60_000;

export interface OutboxRow {
  readonly id: number;
  /** Handed to the platform with every attempt, so that a repeat within an hour posts nothing. */
  readonly uuid: string;
  readonly lane: string;
  readonly target: string;
  readonly operation: 'post' | 'reply' | 'update';
  /** `reply`: the message to answer. `update`: the living card's message; null while its first post is not confirmed. */
  readonly messageId: string | null;
  readonly livingCardId: number | null;
  readonly content: unknown;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  readonly createdAt: number;
  /** Since when an attempt may have reached the platform without its answer reaching us; null when none may have. */
  readonly unconfirmedSince: number | null;
}

export interface Claim {
  readonly now: number;
  /** Rows to look at, at most. */
  readonly limit: number;
  /** From when a row may be sent. Asked for each row found, earliest first. */
  readonly slotOf: (send: PacedSend) => number;
}

export interface Claimed {
  readonly rows: readonly OutboxRow[];
  /** Further rows may be due that were not looked at. */
  readonly more: boolean;
}

export interface OutboxStore {
  /**
   * Marks rows `sending`, with `availableAt = now + LEASE_MS` and one more attempt, and returns them. Looks at rows that wait or
   * whose lease has run out, with `availableAt` ≤ `now`, and only the oldest unfinished row of each lane; earliest
   * `availableAt` first. One whose slot is later is put off until then and nothing else. A row found `sending` gets
   * `unconfirmedSince` = the start of the lost lease unless it has one.
   */
  claim(claim: Claim): Promise<Claimed>;
  /** Delivered. `messageId` is the new message (`post`, `reply`) or the updated one. */
  settleSent(row: OutboxRow, sent: { readonly messageId: string; readonly at: number }): Promise<void>;
  /** There was nothing left to say; finished without a message. */
  settleSkipped(row: OutboxRow, skipped: { readonly reason: string; readonly at: number }): Promise<void>;
  /** Back to `waiting`, to be tried again. */
  settleRetry(
    row: OutboxRow,
    retry: { readonly availableAt: number; readonly error: string; readonly unconfirmedSince: number | null },
  ): Promise<void>;
  /** Back to `waiting` without having been tried: takes the attempt back. */
  postpone(row: OutboxRow, until: number): Promise<void>;
  /** Cannot be delivered; kept. Its lane goes on. */
  settleDead(row: OutboxRow, dead: { readonly error: string; readonly at: number }): Promise<void>;
  /** An update whose card may no longer be changed: retires the living card and queues a fresh post of its subject. */
  settleExpired(row: OutboxRow, expired: { readonly error: string; readonly at: number }): Promise<void>;
  /** Earliest `availableAt` among the oldest unfinished rows of all lanes. */
  nextAvailableAt(): Promise<number | undefined>;
}
