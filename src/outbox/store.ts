/** What the dispatcher needs of the table `outbox`. */
import type { OutboxRow as StoredRow } from '../../db/repositories/outbox.ts';
import type { Settlement } from '../services/message/settle.ts';

/**
 * A claimed row belongs to its process for so long, and on as long as that renews it: of a process that was killed the next one takes
 * its rows over within seconds.
 */
export const LEASE_MS = 6_000;

/** `attempts` counts the one under way. `messageId` is the message to answer; the one to update is found when it is drawn. */
export type OutboxRow = Pick<
  StoredRow,
  | 'id'
  | 'uuid'
  | 'lane'
  | 'target'
  | 'operation'
  | 'messageId'
  | 'livingCardId'
  | 'contentSealed'
  | 'attempts'
  | 'createdAt'
  | 'unconfirmedSince'
>;

export interface Claim {
  readonly now: number;
  /** Rows, at most. */
  readonly limit: number;
  /** Targets that nothing may go to now. */
  readonly full: readonly string[];
  /** How many rows of a target may be taken. May be asked again for the same rows: a transaction may run twice. */
  readonly roomFor: (target: string) => number;
}

export interface Claimed {
  readonly rows: readonly OutboxRow[];
  /** Further rows may be due that were not looked at. */
  readonly more: boolean;
}

/** A target with rows to be sent. */
export interface Waiting {
  readonly target: string;
  /** When the first of them may be claimed. */
  readonly at: number;
}

export interface OutboxStore {
  /**
   * Marks rows `sending`, with `availableAt = now + LEASE_MS` and one more attempt, and returns them: rows that wait or whose
   * lease has run out, with `availableAt` ≤ `now`, and only the oldest unfinished row of each lane; earliest `availableAt`
   * first. A row found `sending` gets `unconfirmedSince` = the start of the lost lease unless it has one.
   */
  claim(claim: Claim): Promise<Claimed>;
  /** The rows are in hand still: their leases end at `now + LEASE_MS`. */
  renew(rows: { readonly ids: readonly number[]; readonly now: number }): Promise<void>;
  /** Writes down what became of a claimed row. */
  settle(row: OutboxRow, settlement: Settlement): Promise<void>;
  /** The targets of the oldest unfinished rows of all lanes. */
  waiting(): Promise<readonly Waiting[]>;
}
