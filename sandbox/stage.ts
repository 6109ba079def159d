/** Sandbox and bot in one process, connected over real HTTP and the real SDK, with the cast hired and the groups bound. */
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { asSet } from '../src/jobs/as-set.ts';
import { jobs } from '../src/jobs/index.ts';
import { slotsBetween } from '../src/scheduler.ts';
import { type Service, serve } from '../src/serve.ts';
import { workingCalendar } from '../src/services/setting/calendar.ts';
import type { Vault } from '../src/vault.ts';
import { type Cast, employCast, enterCast, type StaffPart } from './cast.ts';
import { type Sandbox, startSandbox } from './index.ts';

/** A clock that can be moved: either it stands still, or it runs and is ahead or behind by an offset. */
export class StageClock {
  readonly #runs: boolean;
  #base: number;

  /** @param standsAt milliseconds since the epoch; without it the clock runs with the machine's. */
  constructor(standsAt?: number) {
    this.#runs = standsAt === undefined;
    this.#base = standsAt ?? 0;
  }

  now(): number {
    return this.#runs ? Date.now() + this.#base : this.#base;
  }

  moveTo(ms: number): void {
    this.#base = this.#runs ? ms - Date.now() : ms;
  }
}

export interface StageOptions {
  readonly clock: StageClock;
  readonly db: Database;
  readonly vault: Vault;
  readonly zone: string;
  readonly log: Logger;
  readonly transport?: 'websocket' | 'webhook';
  /** Ports of sandbox and bot; 0, the default, takes free ones. */
  readonly port?: number;
  readonly botPort?: number;
  /** The staff joined then; default: now. */
  readonly since?: number;
  /** See `SandboxOptions`. */
  readonly scopes?: readonly string[] | undefined;
  /** More staff than the cast, by open id. */
  readonly others?: Readonly<Record<string, StaffPart>>;
  /** What has happened before outbox and jobs begin. */
  readonly before?: () => Promise<void>;
  /** The outbox and the jobs run by themselves; otherwise `settle` and `moveTo` move them. */
  readonly autostart: boolean;
}

export interface Stage extends Cast {
  readonly sandbox: Sandbox;
  readonly service: Service;
  readonly clock: StageClock;
  /**
   * Until nothing is on its way any more, or nothing that is due within so long; a clock that stands still is moved as far as
   * pacing, retries and what waits to be sent together ask.
   */
  settle(withinMs?: number): Promise<void>;
  /** Moves the clock and lets happen what is due then. */
  moveTo(ms: number): Promise<void>;
  /** Lets the time pass: everything that jobs do until then happens in its order, at its time. Throws for a time that is past. */
  passTo(ms: number): Promise<void>;
  /** The database stays open: it belongs to the caller. */
  stop(): Promise<void>;
}

const ENCRYPT_KEY = 'sandbox-encrypt-key';
const VERIFICATION_TOKEN = 'sandbox-token';
const ROUNDS_MAX = 200;
/** Edits of one card that follow each other are one after a minute. */
const SETTLES_WITHIN_MS = 90_000;

/** When any job has something to do, oldest first. */
async function slotsOf(
  db: Database,
  range: { after: number; until: number; zone: string },
): Promise<readonly number[]> {
  const slots = await db.read(async (tx) => {
    const timed = await Promise.all(jobs.map((job) => asSet({ tx }, job)));
    const calendar = await workingCalendar({ tx });
    return timed.flatMap((job) => slotsBetween(job, { ...range, calendar }));
  });
  return [...new Set(slots)].sort((a, b) => a - b);
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const { clock, db, vault, zone, log, scopes, transport = 'websocket' } = options;
  const onClock = (ms: number) => passTo(ms);
  const secrets = { encryptKey: ENCRYPT_KEY, verificationToken: VERIFICATION_TOKEN };
  const sandbox = await startSandbox({ ...secrets, clock, transport, onClock, scopes, port: options.port ?? 0 });
  const cast = enterCast(sandbox);
  const service = await serve({
    connection: {
      appId: sandbox.appId,
      appSecret: sandbox.appSecret,
      domain: sandbox.url,
      transport: transport === 'webhook' ? { ...secrets, kind: 'webhook' } : { kind: 'websocket' },
      host: '127.0.0.1',
      port: options.botPort ?? 0,
    },
    db,
    vault,
    clock,
    zone,
    log,
    autostart: false,
  });
  for (const [openId, { name }] of Object.entries(options.others ?? {})) sandbox.addPerson({ name, openId });
  await employCast({ db, vault, zone, now: options.since ?? clock.now(), others: options.others });
  await options.before?.();
  sandbox.setWebhookUrl(`${service.url}/lark/events`);
  await sandbox.connected();
  if (options.autostart) await service.app.start();
  else await service.app.scheduler.tick();

  async function settle(withinMs = Number.POSITIVE_INFINITY): Promise<void> {
    const until = clock.now() + withinMs;
    for (let round = 0; round < ROUNDS_MAX; round++) {
      await sandbox.idle();
      await service.app.importer.drain();
      await service.app.papers.drain();
      const next = await service.app.dispatcher.drain();
      if (next === undefined || next > until) return;
      clock.moveTo(Math.max(clock.now() + 1, next));
    }
    throw new Error('the outbox does not come to rest');
  }

  async function moveTo(ms: number): Promise<void> {
    clock.moveTo(ms);
    await service.app.scheduler.tick();
    await sandbox.advance();
    if (options.autostart) {
      service.app.papers.wake();
      service.app.dispatcher.wake();
    } else await settle();
  }

  async function passTo(ms: number): Promise<void> {
    const from = clock.now();
    if (ms < from) throw new Error('the clock goes forward only');
    for (const slot of await slotsOf(db, { after: from, until: ms, zone })) {
      await moveTo(Math.max(slot, clock.now()));
      await settle(SETTLES_WITHIN_MS);
    }
    await moveTo(Math.max(ms, clock.now()));
    await settle(SETTLES_WITHIN_MS);
  }

  return {
    ...cast,
    ...{ sandbox, service, clock, settle, moveTo, passTo },
    async stop() {
      await service.stop();
      await sandbox.close();
    },
  };
}
