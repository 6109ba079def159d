/** What was done: the ledger, and the figures counted from it. */
import { sql } from 'drizzle-orm';
import { dimensions } from '../../src/domain/counters.ts';
import type { Kit } from '../sqlite/kit.ts';

export function recordTables(kit: Kit) {
  /** Append-only; UPDATE and DELETE are refused by triggers (at the end of the initial migration). */
  const ledgerEntries = kit.table(
    'ledger_entries',
    {
      /** The town whose chain this is; what belongs to no town stands in the banner's chain. */
      townId: kit.int('town_id').notNull(),
      seq: kit.long('seq').notNull(),
      caseId: kit.int('case_id'),
      at: kit.long('at').notNull(),
      actorKind: kit.text('actor_kind', { enum: ['agent', 'stranger', 'system'] }).notNull(),
      actorId: kit.text('actor_id').notNull(),
      unitId: kit.int('unit_id'),
      kind: kit.text('kind').notNull(),
      /** Facts as JSON text, hashed as it stands; nothing that somebody typed. */
      payload: kit.text('payload').notNull(),
      /** What was typed, under the applicant's key. Only its digest is hashed, so that the rest can be shown to anybody. */
      sealed: kit.text('sealed'),
      prevHash: kit.text('prev_hash').notNull(),
      hash: kit.text('hash').notNull(),
      /** Ed25519 over the hash, base64url. */
      signature: kit.text('signature').notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.townId, table.seq] }),
      kit.index('ledger_case').on(table.caseId, table.seq),
      kit.index('ledger_returns').on(table.townId, table.at).where(sql`kind = 'return'`),
    ],
  );

  /** The keys that entries are signed with, the newest last. The private one is sealed under `DATA_KEY` until the key is retired. */
  const ledgerKeys = kit.table('ledger_keys', {
    /** 1, 2, … in the order in which they signed. */
    id: kit.int('id').primaryKey(),
    publicKey: kit.text('public_key').notNull().unique(),
    /** Of a retired key nothing but the proof that this program made it. */
    privateKeySealed: kit.text('private_key_sealed').notNull(),
    madeAt: kit.long('made_at').notNull(),
    retiredAt: kit.long('retired_at'),
  });

  const ledgerHeads = kit.table('ledger_heads', {
    townId: kit.int('town_id').primaryKey(),
    seq: kit.long('seq').notNull(),
    hash: kit.text('hash').notNull(),
    /** Of the key that signs what comes next in this chain. */
    keyId: kit
      .int('key_id')
      .notNull()
      .references(() => ledgerKeys.id),
    /** Over town, height and hash; empty while the chain has no entry. */
    signature: kit.text('signature').notNull(),
  });

  /** Sums by day and by month, kept in the same transaction as the step they count. */
  const statCounters = kit.table(
    'stat_counters',
    {
      unitId: kit.int('unit_id').notNull(),
      /** See `src/domain/counters.ts`: what `key` names. */
      dimension: kit.text('dimension', { enum: dimensions }).notNull(),
      /** A day (YYYY-MM-DD), a month (mYYYY-MM), or `total`. */
      period: kit.text('period').notNull(),
      key: kit.text('key').notNull(),
      registered: kit.int('registered').notNull().default(0),
      accepted: kit.int('accepted').notNull().default(0),
      acceptMinutes: kit.int('accept_minutes').notNull().default(0),
      returned: kit.int('returned').notNull().default(0),
      returnedAgain: kit.int('returned_again').notNull().default(0),
      escalated: kit.int('escalated').notNull().default(0),
      completed: kit.int('completed').notNull().default(0),
      completedOnTime: kit.int('completed_on_time').notNull().default(0),
      completeMinutes: kit.int('complete_minutes').notNull().default(0),
      withdrawn: kit.int('withdrawn').notNull().default(0),
      delivered: kit.int('delivered').notNull().default(0),
      refused: kit.int('refused').notNull().default(0),
      terminated: kit.int('terminated').notNull().default(0),
      rated1: kit.int('rated_1').notNull().default(0),
      rated2: kit.int('rated_2').notNull().default(0),
      rated3: kit.int('rated_3').notNull().default(0),
      rated4: kit.int('rated_4').notNull().default(0),
      rated5: kit.int('rated_5').notNull().default(0),
      acceptedNow: kit.int('accepted_now').notNull().default(0),
      returnedNow: kit.int('returned_now').notNull().default(0),
      suspendedNow: kit.int('suspended_now').notNull().default(0),
    },
    (table) => [kit.primaryKey({ columns: [table.unitId, table.dimension, table.period, table.key] })],
  );

  return { ledgerEntries, ledgerKeys, ledgerHeads, statCounters };
}
