/** What went to the bot and what came back, for people who want to look. */
import type { Envelope } from './envelope.ts';
import type { Delivered, Transport } from './push.ts';
import type { Clock } from './world.ts';

export interface Delivery {
  readonly at: number;
  readonly envelope: Envelope;
  readonly delivered: Delivered;
}

const KEPT = 200;

/** The transport with a memory of its last deliveries; `kept` is filled in order. */
export function recorded(transport: Transport, how: { clock: Clock; kept: Delivery[] }): Transport {
  const { clock, kept } = how;
  return {
    async deliver(envelope) {
      const at = clock.now();
      const delivered = await transport.deliver(envelope);
      kept.push({ at, envelope, delivered });
      if (kept.length > KEPT) kept.shift();
      return delivered;
    },
    close: () => transport.close(),
  };
}
