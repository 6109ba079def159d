/** The bot is killed with SIGKILL in the middle of a working day, again and again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { auditBooks, auditGroups } from './audit.ts';
import { engine } from './engine.ts';
import { ROUNDS, SEED } from './extent.ts';
import { type House, openHouse, PAST_LEASES_MS, pause } from './house.ts';
import { type Load, startLoad } from './load.ts';
import { faultsIn, settleDown } from './settle.ts';

const AUDIT_EVERY = 10;
/** A moment that does not come about by then is not waited for any longer. */
const MOMENT_MAX_MS = 3_000;

type Moment =
  /** While the program is still starting. */
  | { readonly kind: 'starting'; readonly afterMs: number }
  | { readonly kind: 'working'; readonly afterMs: number }
  /** Within the call that stored the n-th message or update, so that the bot never learns of it. */
  | { readonly kind: 'stored'; readonly nth: number }
  /** When the n-th click has just been sent. */
  | { readonly kind: 'clicked'; readonly nth: number; readonly afterMs: number };

interface Round {
  readonly moment: Moment;
  /** Whether the leases of the bot killed before have run out. */
  readonly later: boolean;
  readonly trouble: 'none' | 'doubled' | 'limited' | 'cut' | 'cutAfterStoring';
}

const moment = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('starting' as const), afterMs: fc.integer({ min: 50, max: 1500 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('working' as const), afterMs: fc.integer({ min: 50, max: 2500 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('stored' as const), nth: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('clicked' as const),
      nth: fc.integer({ min: 2, max: 40 }),
      afterMs: fc.integer({ min: 0, max: 25 }),
    }),
  },
);
const round: fc.Arbitrary<Round> = fc.record({
  moment,
  later: fc.constantFrom(true, true, true, false),
  trouble: fc.constantFrom('none', 'none', 'doubled', 'limited', 'cut', 'cutAfterStoring'),
});

it(`loses and repeats nothing over ${ROUNDS} crashes`, { timeout: 600_000 + ROUNDS * 60_000 }, async () => {
  const begun = Date.now();
  const house = await openHouse();
  const load = startLoad(house, SEED);
  try {
    for (const [index, plan] of fc.sample(round, { seed: SEED, numRuns: ROUNDS }).entries()) {
      await crash({ house, load, plan });
      if (index % AUDIT_EVERY === AUDIT_EVERY - 1) await auditBooks(house, load.journal);
    }
    await load.stop();
    await settleDown(house, load.journal);
    await auditGroups(house, load.journal);
    expect(faultsIn(house.logs())).toEqual([]);
    house.bot()?.signal('SIGTERM');
    expect(await house.bot()?.ended).toBe(0);
    const { acknowledged, unanswered, registered } = load.journal;
    // The rounds are worth something only if people get to work between two crashes.
    expect(acknowledged.length).toBeGreaterThan(ROUNDS);
    const figures = {
      engine,
      seed: SEED,
      rounds: ROUNDS,
      acknowledged: acknowledged.length,
      unanswered: unanswered.length,
    };
    const messages = house.sandbox.world.messages.size;
    const seconds = Math.round((Date.now() - begun) / 1000);
    process.stdout.write(`${JSON.stringify({ ...figures, cases: registered.size, messages, seconds })}\n`);
  } finally {
    await load.stop();
    await house.close();
  }
});

async function crash(of: { house: House; load: Load; plan: Round }): Promise<void> {
  const { house, load, plan } = of;
  await cause(house, plan.trouble);
  const bot = house.start({ jumpMs: plan.later ? PAST_LEASES_MS : 0 });
  if (plan.moment.kind === 'starting') {
    await pause(plan.moment.afterMs);
  } else {
    if (!(await bot.started)) throw new Error(`the bot does not start: ${house.logs()}`);
    const redelivered = house.sandbox.advance();
    const { arrived, forget } = watchFor(plan.moment, { house, load });
    await Promise.race([arrived, pause(MOMENT_MAX_MS)]);
    forget();
    house.strike();
    await redelivered;
  }
  await house.kill();
  await house.sandbox.faults.clear();
}

interface Watched {
  /** Resolves at the moment; where it is a moment inside the platform, the bot is dead by then. */
  readonly arrived: Promise<void>;
  /** A moment that has not come by now must not strike the next bot. */
  forget(): void;
}

function watchFor(at: Exclude<Moment, { kind: 'starting' }>, of: { house: House; load: Load }): Watched {
  const { house, load } = of;
  if (at.kind === 'working') return { arrived: pause(at.afterMs), forget: () => {} };
  let seen = 0;
  let come = () => {};
  const arrived = new Promise<void>((resolve) => {
    come = resolve;
  });
  if (at.kind === 'clicked') {
    load.onClick = () => {
      seen += 1;
      if (seen === at.nth) void pause(at.afterMs).then(come);
    };
    return { arrived, forget: () => {} };
  }
  const forget = house.sandbox.world.onChange((change) => {
    if (change.kind !== 'message' || change.message.senderOpenId !== undefined) return;
    seen += 1;
    if (seen < at.nth) return;
    forget();
    house.strike();
    come();
  });
  return { arrived, forget };
}

async function cause(house: House, trouble: Round['trouble']): Promise<void> {
  const { faults } = house.sandbox;
  if (trouble === 'doubled') faults.duplicateEvents('newEventId');
  if (trouble === 'limited') faults.rateLimit(4);
  if (trouble === 'cut') faults.dropConnections(4);
  if (trouble === 'cutAfterStoring') faults.dropConnections(4, { afterStoring: true });
}
