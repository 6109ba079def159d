import { pino } from 'pino';
import type { Database } from '../../db/client.ts';
import { createVault } from '../../db/vault.ts';
import { openStage, type Stage, StageClock } from '../../sandbox/stage.ts';
import { at, emptyDatabase, ZONE } from './office.ts';

export interface TestStage extends Stage {
  readonly db: Database;
  close(): Promise<void>;
}

/** Sandbox, real SDK, bot, cast; the clock stands at a Monday morning. */
export async function raiseCurtain(
  options: { transport?: 'websocket' | 'webhook'; now?: string } = {},
): Promise<TestStage> {
  const db = emptyDatabase();
  const stage = await openStage({
    clock: new StageClock(at(options.now ?? '2026-11-23T10:00')),
    db,
    vault: createVault(Buffer.alloc(32, 7)),
    zone: ZONE,
    log: pino({ level: 'silent' }),
    transport: options.transport ?? 'websocket',
    autostart: false,
  });
  return {
    ...stage,
    db,
    async close() {
      await stage.stop();
      await db.close();
    },
  };
}
