/** The pretended platform in this process, the bot in another one, and a clock for both that only moves ahead between two starts. */
import { outboxReads } from '../../db/repositories/outbox.ts';
import { seed } from '../../db/seed/seed.ts';
import { type Cast, employCast, enterCast } from '../../sandbox/cast.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { StageClock } from '../../sandbox/stage.ts';
import { ensureLedgerKey } from '../../src/services/ledger/key.ts';
import { createVault, type Vault } from '../../src/vault.ts';
import { freePort } from '../support/free-port.ts';
import { at, ZONE } from '../support/office.ts';
import { type BotProcess, startBot } from './bot-process.ts';
import { type CrashDatabase, freshDatabase } from './engine.ts';

const DATA_KEY = Buffer.alloc(32, 7);
const ENCRYPT_KEY = 'sandbox-encrypt-key';
const VERIFICATION_TOKEN = 'sandbox-token';
const LOOK_MS = 50;

export interface House extends Cast {
  readonly sandbox: Sandbox;
  readonly database: CrashDatabase;
  readonly vault: Vault;
  readonly clock: StageClock;
  /** The bot; undefined between two lives. */
  bot(): BotProcess | undefined;
  /** Whether the bot has come up, as far as one knows. */
  isUp(): boolean;
  /** Starts a bot, whether or not it comes up. Everything its predecessors printed is kept in `logs`. */
  start(how?: { jumpMs?: number }): BotProcess;
  /** Kills the bot, without waiting: from here on nobody tries to reach it. */
  strike(): void;
  /** Kills the bot and waits until it is gone. */
  kill(): Promise<void>;
  /** All lines of all bots. */
  logs(): string;
  /** Moves on, with a bot anew, until nothing waits to be sent. The bot runs afterwards. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** Default: a fresh one of the run's engine. */
  readonly database?: CrashDatabase;
  /** Default: webhook. */
  readonly transport?: 'websocket' | 'webhook';
}

/** Opens a house with the cast hired and the groups bound; no bot runs yet. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { transport = 'webhook' } = options;
  const clock = new StageClock();
  clock.moveTo(at('2026-11-23T08:30'));
  const database = options.database ?? (await freshDatabase());
  const vault = createVault(DATA_KEY);
  const secrets = { encryptKey: ENCRYPT_KEY, verificationToken: VERIFICATION_TOKEN };
  const sandbox = await startSandbox({ clock, transport, ...secrets });
  const cast = enterCast(sandbox);
  await furnish({ database, vault, now: clock.now() });
  const port = await freePort();
  sandbox.setWebhookUrl(`http://127.0.0.1:${port}/lark/events`);
  const environment = {
    LARK_APP_ID: sandbox.appId,
    LARK_APP_SECRET: sandbox.appSecret,
    LARK_DOMAIN: sandbox.url,
    LARK_TRANSPORT: transport,
    LARK_ENCRYPT_KEY: ENCRYPT_KEY,
    LARK_VERIFICATION_TOKEN: VERIFICATION_TOKEN,
    DATABASE_URL: database.url,
    DATA_KEY: DATA_KEY.toString('base64'),
    ADMIN_OPEN_IDS: cast.people.admin.openId,
    PORT: String(port),
  };
  const bots: BotProcess[] = [];
  let running: BotProcess | undefined;
  let up = false;

  function start({ jumpMs = 0 }: { jumpMs?: number } = {}): BotProcess {
    clock.moveTo(clock.now() + jumpMs);
    const bot = startBot({ environment, clockShiftMs: clock.now() - Date.now() });
    bots.push(bot);
    running = bot;
    void bot.started.then((started) => {
      if (started && running === bot) up = true;
    });
    return bot;
  }

  function strike(): void {
    up = false;
    running?.signal('SIGKILL');
  }

  async function kill(): Promise<void> {
    strike();
    await running?.ended;
    running = undefined;
  }

  const house: House = {
    ...{ ...cast, sandbox, database, vault, clock, start, strike, kill },
    bot: () => running,
    isUp: () => up,
    logs: () => bots.map((bot) => bot.output()).join(''),
    drain: () => drain(house),
    async close() {
      await kill();
      await sandbox.close();
      await database.drop();
    },
  };
  return house;
}

async function furnish(options: { database: CrashDatabase; vault: Vault; now: number }): Promise<void> {
  const db = await options.database.open();
  const { vault, now } = options;
  await db.write(async (tx) => {
    await seed(tx);
    await ensureLedgerKey({ tx, vault, now });
  });
  await employCast({ db, vault, now, zone: ZONE });
  await db.close();
}

/** So far ahead that the leases of a killed bot have run out, and well before the platform forgets a uuid. */
export const PAST_LEASES_MS = 130_000;
const DRAIN_ROUNDS_MAX = 12;
const DRAIN_LOOKS = 160;
/** A row that is being sent is due at the end of its lease; so many looks in a row it takes to believe that none is. */
const STILL_LOOKS = 30;

async function drain(house: House): Promise<void> {
  for (let round = 0; round < DRAIN_ROUNDS_MAX; round++) {
    await house.kill();
    if (!(await house.start({ jumpMs: PAST_LEASES_MS }).started)) throw new Error(house.logs());
    await house.sandbox.connected();
    await house.sandbox.advance();
    if (await comesToRest(house)) return;
  }
  throw new Error('the outbox does not come to rest');
}

/** True when nothing is left; false when what is left is not due for a while, and is not just being sent. */
async function comesToRest(house: House): Promise<boolean> {
  const db = await house.database.open();
  try {
    let still = 0;
    for (let look = 0; look < DRAIN_LOOKS; look++) {
      await house.sandbox.idle();
      const next = await db.read((tx) => outboxReads.nextAvailableAt(tx));
      if (next === undefined) return true;
      still = next > house.clock.now() + LOOK_MS * DRAIN_LOOKS ? still + 1 : 0;
      if (still > STILL_LOOKS) return false;
      await pause(LOOK_MS);
    }
    return false;
  } finally {
    await db.close();
  }
}

/** Real time: what happens in another process cannot be hurried by a clock of this one. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
