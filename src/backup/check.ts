/** Does a database that came out of a backup hold together? */
import { setImmediate } from 'node:timers/promises';
import { ledgerReads } from '../../db/repositories/ledger.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { verifyLedger } from '../services/ledger/verify.ts';
import { createVault } from '../vault.ts';
import { BackupProblem } from './problem.ts';
import type { BackupHeader } from './sealed-file.ts';

/**
 * Checks the ledger of the database file and the rows it tells of, and compares the ends of the chains with those the header names. Lets others work in between.
 * Returns the number of entries; rejects with BackupProblem `chains_do_not_verify`.
 */
export async function checkChains(backup: { file: string; header: BackupHeader; dataKey: Buffer }): Promise<number> {
  const vault = createVault(backup.dataKey);
  const db = openSqlite({ file: backup.file });
  try {
    return await db.read(async (tx) => {
      const check = await verifyLedger({ tx, vault }, { betweenPages: () => setImmediate() });
      const ends = (await ledgerReads.heads(tx)).map(({ townId, seq, hash }) => ({ townId, seq, hash }));
      if (check.faults.length > 0 || JSON.stringify(ends) !== JSON.stringify(backup.header.chains)) {
        throw new BackupProblem('chains_do_not_verify');
      }
      return check.entries;
    });
  } finally {
    await db.close();
  }
}
