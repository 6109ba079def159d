/** How a story comes to its end: everything is sent, everything is delivered, and the logs are read. */
import { unansweredLines } from './audit.ts';
import type { House } from './house.ts';
import type { Journal } from './load.ts';

const EVENT_RETRIES_MS = [5 * 60_000, 3_600_000, 6 * 3_600_000];

/** Nobody works any more: what was queued is sent, and what the platform still holds for the bot is delivered. */
export async function settleDown(house: House, journal: Journal): Promise<void> {
  await house.drain();
  for (const waitMs of EVENT_RETRIES_MS) {
    if (unansweredLines(house, journal).length === 0) return;
    await house.kill();
    await house.start({ jumpMs: waitMs }).started;
    await house.sandbox.connected();
    await house.sandbox.advance();
    await house.drain();
  }
}

/** Messages that lay about while no bot ran are old after a jump of the clock; that administrators hear of it is right. */
const OLD_OUTBOX = '"troubles":["outbox"],"msg":"administrators are told of trouble"';

/** What a bot says of faults of its own; trouble with the platform is caused here and may be told. */
export function faultsIn(logs: string): string[] {
  return logs
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('代办已启动') && !line.includes(OLD_OUTBOX))
    .filter((line) => !/"level":(?:30|40),/.test(line));
}
