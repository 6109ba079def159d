/** From a verified envelope to its answer: the part that the webhook and the long connection have in common. */
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import type { Logger } from 'pino';
import { describeFault } from '../fault.ts';
import { eventTypes, readEnvelope } from './inbound.ts';
import { type Arrival, type CallbackAnswer, type Entrance, Replayed } from './port.ts';
import { Unreadable } from './unreadable.ts';

export interface DeliverOptions extends Entrance {
  /** The bot's own open_id, as soon as it is known. */
  readonly botOpenId: () => string | undefined;
}

/**
 * Deals with one envelope. Rejects with `Replayed`, or with `DeliveryFailed`, already logged, for a fault of our own.
 * `log`: see `requestLog`.
 */
export type Deliver = (envelope: unknown, arrival: Arrival) => Promise<CallbackAnswer>;

/** Our own fault while dealing with a delivery. Carries nothing of the delivery, so that any caller may log it. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
}

/** Nothing of the platform's own is nested half as deep. */
const SHOWN_DEPTH = 100;

const UNREADABLE_CLICK = '这次操作没有收到完整，请再点一次；仍不行，请发送 /待办 打开最新卡片';

/** An unreadable delivery is kept and answered as done, because sending it again would not make it readable. */
export function createDeliver({ botOpenId, ...entrance }: DeliverOptions): Deliver {
  return async (envelope, arrival) => {
    try {
      const inbound = readEnvelope(envelope, { botOpenId: botOpenId() });
      if (inbound) return await entrance.receive(inbound, arrival);
      await entrance.passOver(arrival);
      return {};
    } catch (error) {
      if (error instanceof Unreadable) return keepAside(entrance, { envelope, arrival, error });
      throw failed(error, arrival.log);
    }
  };
}

async function keepAside(
  entrance: Entrance,
  delivery: { envelope: unknown; arrival: Arrival; error: Unreadable },
): Promise<CallbackAnswer> {
  const { arrival, error } = delivery;
  const { eventId, eventType } = error.facts;
  arrival.log.warn({ eventId, eventType, problem: error.message }, 'a delivery could not be read and is kept aside');
  const body = textOf(delivery.envelope);
  const key = eventId ?? `sha256:${createHash('sha256').update(body).digest('hex')}`;
  try {
    await entrance.keepUnreadable({ key, body, problem: error.message }, arrival);
    // The signature has been taken with what was kept.
    if (error.forPerson.message) await entrance.receive(error.forPerson.message, { log: arrival.log });
  } catch (keepError) {
    const failure = failed(keepError, arrival.log);
    // A click never comes again: whoever pressed is told so all the same.
    if (failure instanceof Replayed || eventType !== eventTypes.action) throw failure;
  }
  if (eventType !== eventTypes.action) return {};
  return { toast: { type: 'error', content: error.forPerson.toast ?? UNREADABLE_CLICK } };
}

/** JSON, or what can be shown of something nested too deeply to be written as such. */
function textOf(envelope: unknown): string {
  try {
    return JSON.stringify(envelope) ?? '';
  } catch {
    return inspect(envelope, { depth: SHOWN_DEPTH });
  }
}

function failed(error: unknown, log: Logger): DeliveryFailed | Replayed {
  if (error instanceof Replayed) return error;
  log.error({ fault: describeFault(error) }, 'a delivery failed; the platform will send it again');
  return new DeliveryFailed('delivery failed');
}
