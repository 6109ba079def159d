import { type Logger, pino } from 'pino';
import type { Database } from '../../db/database.ts';
import { openStage, type Stage, StageClock } from '../../sandbox/stage.ts';
import { createVault, type Vault } from '../../src/vault.ts';
import { emptyDatabase } from './databases.ts';
import { at, ZONE } from './office.ts';

/** A card of the bot as it stood in a chat for a while. */
export interface Shown {
  readonly chatId: string;
  readonly messageId: string;
  readonly content: string;
}

export interface TestStage extends Stage {
  readonly db: Database;
  readonly vault: Vault;
  /** Everything the bot's messages ever showed, in the order of appearance; a card that changed stands here once for each look. */
  readonly shown: readonly Shown[];
  close(): Promise<void>;
}

export interface CurtainOptions {
  readonly transport?: 'websocket' | 'webhook';
  /** Local time, e.g. 2026-11-23T10:00. */
  readonly now?: string;
  /** The database of an earlier stage that was stopped: the bot comes back to where it was. */
  readonly db?: Database;
  /** The scopes that the tenant grants, read at each call; those that the bot asks for unless given. */
  readonly scopes?: readonly string[];
  /** Where the bot's log goes; nowhere unless given. */
  readonly log?: Logger;
}

/** Sandbox, real SDK, bot, cast; the clock stands at a Monday morning. */
export async function raiseCurtain(options: CurtainOptions = {}): Promise<TestStage> {
  const db = options.db ?? emptyDatabase();
  const vault = createVault(Buffer.alloc(32, 7));
  const stage = await openStage({
    clock: new StageClock(at(options.now ?? '2026-11-23T10:00')),
    db,
    vault,
    zone: ZONE,
    log: options.log ?? pino({ level: 'silent' }),
    transport: options.transport ?? 'websocket',
    scopes: options.scopes,
    autostart: false,
  });
  const shown: Shown[] = [];
  stage.sandbox.world.onChange((change) => {
    if (change.kind !== 'message' || change.message.senderOpenId !== undefined) return;
    const { chatId, messageId, content } = change.message;
    shown.push({ chatId, messageId, content });
  });
  return {
    ...stage,
    db,
    vault,
    shown,
    async close() {
      await stage.stop();
      await db.close();
    },
  };
}
