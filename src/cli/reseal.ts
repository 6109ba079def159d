/** The walk through everything that is sealed under `DATA_KEY`, in short transactions beside a bot that may be running. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Tx } from '../../db/database.ts';
import { TransactionBusy } from '../../db/errors.ts';
import { type RowKey, type SealedPlace, sealedPlaces } from '../../db/repositories/sealed.ts';
import { type Batch, resealBatch } from '../services/data-key/rotate.ts';
import type { Vault } from '../vault.ts';

/** Few enough that a press waits no longer for a batch than for another press. */
const BATCH = 100;
const BUSY_TRIED_MAX = 20;
const BUSY_PAUSE_MS = 200;
/** A process that has not been started anew yet may write under the former key meanwhile. */
const WALKS_MAX = 5;

type Counts = Map<SealedPlace, number>;

/** `done`: the last walk found nothing more to bring over. `unreadable`: rows that open under neither key. */
interface Walked {
  readonly done: boolean;
  readonly resealed: Counts;
  readonly unreadable: Counts;
}

/** Every table once, and again while a walk still finds something. What was brought over before an interruption is passed over. */
export async function resealAll(parts: { db: Database; vault: Vault; batch?: number }): Promise<Walked> {
  const resealed: Counts = new Map();
  for (let walk = 1; ; walk++) {
    const unreadable: Counts = new Map();
    let moved = 0;
    for (const place of sealedPlaces) {
      for (const batch of await resealTable(parts, place)) {
        add(resealed, { place, rows: batch.resealed });
        add(unreadable, { place, rows: batch.unreadable });
        moved += batch.resealed;
      }
    }
    if (moved === 0 || walk === WALKS_MAX) return { done: moved === 0, resealed, unreadable };
  }
}

async function resealTable(
  { db, vault, batch: limit = BATCH }: { db: Database; vault: Vault; batch?: number },
  place: SealedPlace,
): Promise<Batch[]> {
  const batches: Batch[] = [];
  let after: RowKey | undefined;
  do {
    const batch: Batch = await patiently(db, (tx) => resealBatch({ tx, vault }, { place, after, limit }));
    batches.push(batch);
    after = batch.next;
  } while (after !== undefined);
  return batches;
}

function add(counts: Counts, { place, rows }: { place: SealedPlace; rows: number }): void {
  if (rows > 0) counts.set(place, (counts.get(place) ?? 0) + rows);
}

/** The bot goes first: what it holds is waited for. */
export async function patiently<Result>(db: Database, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await db.write(work);
    } catch (error) {
      if (!(error instanceof TransactionBusy) || tried === BUSY_TRIED_MAX) throw error;
    }
    await pause(BUSY_PAUSE_MS);
  }
}
