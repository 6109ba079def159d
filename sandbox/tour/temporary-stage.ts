/** A stage on a database that is gone afterwards, for showing things. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Database } from '../../db/database.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { createVault } from '../../src/vault.ts';
import { openStage, type Stage, StageClock } from '../stage.ts';

export interface TemporaryStage {
  readonly stage: Stage;
  readonly db: Database;
  close(): Promise<void>;
}

/** Opens one whose clock runs on from `now`; outbox and jobs run by themselves. */
export async function openTemporaryStage(options: { now: number; zone: string }): Promise<TemporaryStage> {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-'));
  const db = openSqlite({ file: join(folder, 'show.db') });
  const clock = new StageClock();
  clock.moveTo(options.now);
  const vault = createVault(Buffer.alloc(32, 1));
  const log = pino({ level: 'error' });
  const stage = await openStage({ clock, db, vault, zone: options.zone, log, autostart: true });
  return {
    stage,
    db,
    async close() {
      await stage.stop();
      await db.close();
      rmSync(folder, { recursive: true });
    },
  };
}
