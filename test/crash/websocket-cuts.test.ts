/** The long connection under load: cut every few seconds without a farewell, while people work. */
import { expect, it } from 'vitest';
import { auditBooks, auditGroups } from './audit.ts';
import { Dice } from './dice.ts';
import { engine } from './engine.ts';
import { SEED, times } from './extent.ts';
import { openHouse, pause } from './house.ts';
import { type Journal, startLoad } from './load.ts';
import { faultsIn, settleDown } from './settle.ts';

const CUTS = times(4);
const CONNECTED_MIN_MS = 1_000;
const CONNECTED_MAX_MS = 4_000;
/** On a busy machine a connection carries nothing for a while; cut by the clock alone, it never would. */
const WORK_WITHIN_MS = 60_000;

it('nothing is lost or doubled while the long connection is cut every few seconds', {
  timeout: 600_000 + CUTS * 60_000,
}, async () => {
  const house = await openHouse({ transport: 'websocket' });
  const load = startLoad(house, SEED);
  const dice = new Dice(SEED);
  try {
    const bot = house.start();
    expect(await bot.started).toBe(true);
    for (let cut = 0; cut < CUTS; cut++) {
      await house.sandbox.connected();
      const before = load.journal.acknowledged.length;
      await pause(CONNECTED_MIN_MS + dice.below(CONNECTED_MAX_MS - CONNECTED_MIN_MS));
      await moreThan(before, load.journal);
      house.sandbox.faults.dropWebsockets();
    }
    await house.sandbox.connected();
    await auditBooks(house, load.journal);
    expect(house.isUp()).toBe(true);
    await load.stop();
    await settleDown(house, load.journal);
    await auditGroups(house, load.journal);
    expect(faultsIn(house.logs())).toEqual([]);
    const { acknowledged, unanswered } = load.journal;
    expect(acknowledged.length).toBeGreaterThan(CUTS);
    const figures = { engine, seed: SEED, cuts: CUTS, acknowledged: acknowledged.length };
    process.stdout.write(`${JSON.stringify({ ...figures, unanswered: unanswered.length })}\n`);
  } finally {
    await load.stop();
    await house.close();
  }
});

/** Until somebody more was told that a step is done. What never comes is found by the test's last look. */
async function moreThan(before: number, { acknowledged }: Journal): Promise<void> {
  for (const until = Date.now() + WORK_WITHIN_MS; acknowledged.length <= before && Date.now() < until; )
    await pause(50);
}
