/** A number for each delivery, on every line the log writes while it is dealt with. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';

/** The log for one delivery. Handed from hand to hand: what Node offers for it slows down every await of the program. */
export function requestLog(log: Logger): Logger {
  return log.child({ request: randomUUID().slice(0, 13) });
}
