/** From a verified envelope to its answer: the part that the webhook and the long connection have in common. */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { describeFault } from '../fault.ts';
import { eventTypes, readEnvelope } from './inbound.ts';
import type { CallbackAnswer, KeepUnreadable, Receive } from './port.ts';
import { Unreadable } from './unreadable.ts';

export interface DeliverOptions {
  readonly receive: Receive;
  readonly keepUnreadable: KeepUnreadable;
  readonly botOpenId: () => string | undefined;
}

/** Deals with one envelope. Rejects with `DeliveryFailed`, already logged, for a fault of our own. `log`: see `requestLog`. */
export type Deliver = (envelope: unknown, log: Logger) => Promise<CallbackAnswer>;

/** Our own fault while dealing with a delivery. Carries nothing of the delivery, so that any caller may log it. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
}

const UNREADABLE_CLICK: CallbackAnswer = {
  toast: { type: 'error', content: '这次操作没有收到完整，请再点一次；仍不行，请发送 /待办 打开最新卡片' },
};

/** An unreadable delivery is kept and answered as done, because sending it again would not make it readable. */
export function createDeliver(options: DeliverOptions): Deliver {
  const { receive, keepUnreadable, botOpenId } = options;
  return async (envelope, log) => {
    try {
      const inbound = readEnvelope(envelope, { botOpenId: botOpenId() });
      return inbound ? await receive(inbound, log) : {};
    } catch (error) {
      if (!(error instanceof Unreadable)) throw failed(error, log);
      const { eventId, eventType } = error.facts;
      log.warn({ eventId, eventType, problem: error.message }, 'a delivery could not be read and is kept aside');
      const body = JSON.stringify(envelope) ?? '';
      const key = eventId ?? `sha256:${createHash('sha256').update(body).digest('hex')}`;
      try {
        await keepUnreadable({ key, body, problem: error.message });
      } catch (keepError) {
        throw failed(keepError, log);
      }
      return eventType === eventTypes.action ? UNREADABLE_CLICK : {};
    }
  };
}

function failed(error: unknown, log: Logger): DeliveryFailed {
  log.error({ fault: describeFault(error) }, 'a delivery failed; the platform will send it again');
  return new DeliveryFailed('delivery failed');
}
