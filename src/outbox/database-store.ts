import type { Database } from '../../db/database.ts';
import { outboxReads, outboxWrites } from '../../db/repositories/outbox.ts';
import { settleMessage } from '../services/message/settle.ts';
import type { Vault } from '../vault.ts';
import { LEASE_MS, type OutboxStore } from './store.ts';

const actor = { kind: 'system', name: 'outbox' } as const;

/** The dispatcher's store over the table `outbox`. */
export function createDatabaseStore(options: {
  db: Database;
  vault: Vault;
  zone: string;
  clock: { now(): number };
}): OutboxStore {
  const { db, vault, zone, clock } = options;
  return {
    claim: (claim) => db.write((tx) => outboxWrites.claim(tx, { ...claim, leaseMs: LEASE_MS })),
    renew: ({ ids, now }) => db.write((tx) => outboxWrites.renew(tx, { ids, availableAt: now + LEASE_MS })),
    settle: (row, settlement) =>
      db.write((tx) => settleMessage({ tx, now: clock.now(), zone, vault, actor }, { row, settlement })),
    waiting: () => db.read((tx) => outboxReads.waiting(tx)),
  };
}
