/** A stage on a database that is gone afterwards, for showing things. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Database } from '../../db/database.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { createVault, type Vault } from '../../src/vault.ts';
import { openStage, type Stage, type StageOptions } from '../stage.ts';

export interface TemporaryStage {
  readonly stage: Stage;
  readonly db: Database;
  readonly vault: Vault;
  close(): Promise<void>;
}

export async function openTemporaryStage(
  options: Pick<StageOptions, 'clock' | 'zone' | 'autostart'>,
): Promise<TemporaryStage> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-'));
  const db = openSqlite({ file: join(folder, 'show.db') });
  const vault = createVault(Buffer.alloc(32, 1));
  const stage = await openStage({ ...options, db, vault, log: pino({ level: 'error' }) });
  return {
    ...{ stage, db, vault },
    async close() {
      await stage.stop();
      await db.close();
      rmSync(folder, { recursive: true });
    },
  };
}
