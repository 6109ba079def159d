import { type DestinationStream, type Logger, pino } from 'pino';
import { requestId } from './lark/request.ts';

/** The program's log: JSON lines, with `request` on those that belong to a delivery. To stdout unless told otherwise. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const mixin = () => {
    const request = requestId();
    return request === undefined ? {} : { request };
  };
  return destination ? pino({ level, mixin }, destination) : pino({ level, mixin });
}
