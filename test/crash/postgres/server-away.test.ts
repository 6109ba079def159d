/** The database server goes away under load and comes back: the bot stays, says so meanwhile, and goes on by itself. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedServer, openEmbeddedServer } from '../../support/embedded-server.ts';
import { auditBooks, auditGroups } from '../audit.ts';
import { Dice } from '../dice.ts';
import { serverDatabase } from '../engine.ts';
import { SEED, times } from '../extent.ts';
import { type House, openHouse, pause } from '../house.ts';
import { type Load, startLoad } from '../load.ts';
import { faultsIn, settleDown } from '../settle.ts';

const KINDS = ['killed', 'sessions', 'restarted'] as const;
const TROUBLES = Array.from({ length: times(3) }, (_, index) => KINDS[index % KINDS.length]);
/** Steps that people get done between two troubles. */
const STEPS_BETWEEN = 6;
/** Takes a second or two; other work on the machine can make it many. */
const COMES_BACK_WITHIN_MS = 300_000;
const LOOK_MS = 50;

let server: EmbeddedServer;
beforeAll(async () => {
  server = await openEmbeddedServer();
});
afterAll(() => server.close());

it('nothing is lost or doubled when the server dies, starts anew or ends its sessions', {
  timeout: 600_000 + TROUBLES.length * 60_000,
}, async () => {
  await server.createDatabase('daiban');
  const house = await openHouse({ database: serverDatabase(server.urlOf('daiban')) });
  const load = startLoad(house, SEED);
  const dice = new Dice(SEED);
  try {
    const bot = house.start();
    expect(await bot.started).toBe(true);
    for (const trouble of TROUBLES) {
      await peopleWork(load);
      if (trouble === 'sessions') await endSessions(dice);
      else await serverAway(house, { signal: trouble === 'killed' ? 'SIGKILL' : 'SIGQUIT', awayMs: dice.below(1_500) });
      await auditBooks(house, load.journal);
    }
    await peopleWork(load);
    expect(house.bot()).toBe(bot);
    expect(house.isUp()).toBe(true);
    await load.stop();
    await settleDown(house, load.journal);
    await auditGroups(house, load.journal);
    expect(faultsBesideTheServer(house.logs())).toEqual([]);
    const { acknowledged, unanswered } = load.journal;
    expect(unanswered.length).toBeGreaterThan(TROUBLES.length);
    const figures = { engine: 'postgres', seed: SEED, troubles: TROUBLES.length, acknowledged: acknowledged.length };
    process.stdout.write(`${JSON.stringify({ ...figures, unanswered: unanswered.length })}\n`);
  } finally {
    await load.stop();
    await house.close();
  }
});

/** What the bot may say of a server that is away. Not that a handler failed: it is no fault of what was asked. */
const OF_THE_SERVER: ReadonlySet<unknown> = new Set([
  'a delivery failed; the platform will send it again',
  'a press could not be saved',
  'a card could not be drawn',
  'the pressed card could not be drawn',
  'outbox could not be read',
  'the watch could not look',
  'papers could not be looked at',
  'lists could not be looked for',
  'job failed',
]);

/** By kinds, because there are many. */
function faultsBesideTheServer(logs: string): string[] {
  const kinds = faultsIn(logs).map((line) => {
    const { msg, fault } = JSON.parse(line) as { msg: string; fault?: { name: string; code?: string } };
    return { msg, told: `${msg}: ${fault?.name} ${fault?.code}` };
  });
  return [...new Set(kinds.filter(({ msg }) => !OF_THE_SERVER.has(msg)).map(({ told }) => told))].sort();
}

/** Until some more steps have been acknowledged. */
async function peopleWork(load: Load): Promise<void> {
  const enough = load.journal.acknowledged.length + STEPS_BETWEEN;
  await comes('people get nothing done', async () => load.journal.acknowledged.length >= enough);
}

async function serverAway(house: House, how: { signal: 'SIGKILL' | 'SIGQUIT'; awayMs: number }): Promise<void> {
  await server.strike(how.signal);
  await comes('/readyz does not name it', async () => {
    const { status, body } = await readiness(house);
    const problems = ['database cannot be read', 'database cannot be written'];
    return status === 503 && JSON.stringify(body.problems) === JSON.stringify(problems);
  });
  expect((await fetch(`${house.bot()?.url()}/healthz`)).status).toBe(200);
  await pause(how.awayMs);
  await server.start();
  await comes('the bot does not go on', async () => (await readiness(house)).status === 200);
}

/** As when a failover or an administrator ends them: at a few moments, whatever is under way. */
async function endSessions(dice: Dice): Promise<void> {
  const client = new pg.Client({ connectionString: server.urlOf('postgres') });
  await client.connect();
  try {
    for (let time = 0; time < 8; time++) {
      await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'daiban'");
      await pause(dice.below(200));
    }
  } finally {
    await client.end();
  }
}

async function readiness(house: House): Promise<{ status: number; body: { problems: string[] } }> {
  const response = await fetch(`${house.bot()?.url()}/readyz`);
  return { status: response.status, body: (await response.json()) as { problems: string[] } };
}

async function comes(otherwise: string, seen: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + COMES_BACK_WITHIN_MS;
  while (!(await seen())) {
    if (Date.now() > until) throw new Error(otherwise);
    await pause(LOOK_MS);
  }
}
