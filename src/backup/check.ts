/** Does a database that came out of a backup hold together? */
import { setImmediate } from 'node:timers/promises';
import type { Tx } from '../../db/database.ts';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { holdsTogether } from '../../db/sqlite/pages.ts';
import { verifyLedger } from '../services/ledger/verify.ts';
import { createVault } from '../vault.ts';
import { BackupProblem } from './problem.ts';
import type { BackupFacts, BackupHeader, BackupKeys } from './sealed-file.ts';

/**
 * Reads every page, follows every reference, checks the ledger and the rows it tells of, and compares the ends of the chains with those
 * the header names. Lets others work in between.
 * Returns the number of entries; rejects with BackupProblem `pages_damaged` or `chains_do_not_verify`.
 */
export async function checkCopy(backup: { file: string; header: BackupHeader } & BackupKeys): Promise<number> {
  if (!(await holdsTogether(backup.file))) throw new BackupProblem('pages_damaged');
  const vault = createVault(backup.dataKey, backup.formerKey);
  const db = openSqlite({ file: backup.file });
  try {
    return await db.read(async (tx) => {
      const check = await verifyLedger({ tx, vault }, { betweenPages: () => setImmediate() });
      const ends = JSON.stringify(await chainEnds(tx));
      if (check.faults.length > 0 || ends !== JSON.stringify(backup.header.chains)) {
        throw new BackupProblem('chains_do_not_verify');
      }
      return check.entries;
    });
  } finally {
    await db.close();
  }
}

/** The end of every chain, as a backup's header names them. */
export async function chainEnds(tx: Tx): Promise<BackupFacts['chains']> {
  return (await ledgerReads.heads(tx)).map(({ townId, seq, hash }) => ({ townId, seq, hash }));
}

/** Whether the ledger still holds, with the same hash, what once was the end of each chain: an entry cut off or rewritten is missed here. */
export async function holdsEnds(tx: Tx, ends: BackupFacts['chains']): Promise<boolean> {
  for (const { townId, seq, hash } of ends) {
    if (seq > 0 && (await ledgerReads.entry(tx, { townId, seq }))?.hash !== hash) return false;
  }
  return true;
}
