/** Bringing events and callbacks to the bot: order, duplicates, the retry plan of events. How one travels is the transport's affair. */
import type { ClientCode } from './client-codes.ts';
import type { Envelope, Envelopes } from './envelope.ts';
import type { Faults } from './faults.ts';
import type { Clock } from './world.ts';

/** What came back for one delivery: the JSON value of the answer, or why there is none, and what a client makes of it. */
export type Delivered =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly code: ClientCode; readonly problem: string };

export const NO_ANSWER = 'no answer in time';

/** Runs `late` once the bot has had its time for an answer; what it returns calls that off. */
export type Patience = (late: () => void) => () => void;

export interface Transport {
  /** Delivers one envelope; never rejects. */
  deliver(envelope: Envelope): Promise<Delivered>;
  close(): Promise<void>;
}

/** An event that got no acknowledgement comes again after these waits, at most four times. Callbacks never do. */
const RETRY_AFTER_MS = [15_000, 5 * 60_000, 3600_000, 6 * 3600_000];

interface Waiting {
  readonly envelope: Envelope;
  readonly attempt: number;
  readonly dueAt: number;
}

export interface PushOptions {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly envelopes: Envelopes;
  readonly faults: Faults;
  readonly log: (line: string) => void;
}

export class Push {
  readonly #options: PushOptions;
  #waiting: Waiting[] = [];
  #held: Envelope[] = [];
  readonly #inFlight = new Set<Promise<unknown>>();

  constructor(options: PushOptions) {
    this.#options = options;
  }

  /** Delivers an event; resolves when it was acknowledged, put on the retry plan, or held back by a fault. */
  async event(envelope: Envelope): Promise<void> {
    const { faults } = this.#options;
    const hold = faults.holdEvent();
    if (hold === 'no') return this.#deliverWithDuplicates(envelope);
    this.#held.push(envelope);
    if (hold === 'last') await this.releaseHeld();
  }

  /** Delivers a callback, once. */
  callback(envelope: Envelope): Promise<Delivered> {
    return this.#track(this.#options.transport.deliver(envelope));
  }

  /** Delivers the events held back, the newest first. */
  async releaseHeld(): Promise<void> {
    const held = this.#held.reverse();
    this.#held = [];
    for (const envelope of held) await this.#deliverWithDuplicates(envelope);
  }

  /** Delivers every event whose retry is due by the clock; call it after moving the clock. */
  async advance(): Promise<void> {
    const now = this.#options.clock.now();
    const due = this.#waiting.filter((waiting) => waiting.dueAt <= now).sort((one, other) => one.dueAt - other.dueAt);
    this.#waiting = this.#waiting.filter((waiting) => waiting.dueAt > now);
    for (const { envelope, attempt } of due) await this.#attempt(envelope, attempt);
  }

  /** How many events wait for a retry. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when nothing is on its way to the bot. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  async #deliverWithDuplicates(envelope: Envelope): Promise<void> {
    const { faults, envelopes } = this.#options;
    await this.#attempt(envelope, 0);
    if (faults.duplicates === 'sameEventId') await this.#attempt(envelope, 0);
    if (faults.duplicates === 'newEventId') await this.#attempt(envelopes.again(envelope), 0);
  }

  async #attempt(envelope: Envelope, attempt: number): Promise<void> {
    const { clock, transport, log } = this.#options;
    const delivered = await this.#track(transport.deliver(envelope));
    if (delivered.ok) return;
    const wait = RETRY_AFTER_MS[attempt];
    log(`${envelope.header.event_type} ${envelope.header.event_id} not acknowledged: ${delivered.problem}`);
    if (wait !== undefined) this.#waiting.push({ envelope, attempt: attempt + 1, dueAt: clock.now() + wait });
  }

  async #track<Result>(delivery: Promise<Result>): Promise<Result> {
    this.#inFlight.add(delivery);
    try {
      return await delivery;
    } finally {
      this.#inFlight.delete(delivery);
    }
  }
}
