import { type DestinationStream, type Logger, pino } from 'pino';

/** The program's log: JSON lines, with `request` on those that belong to a delivery. To stdout unless told otherwise. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return destination ? pino({ level }, destination) : pino({ level });
}
