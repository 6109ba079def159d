/** The platform's rate limits as sliding windows over the world's clock. */
import type { Clock } from './world.ts';

/** Messages per second to one person or into one group, and updates of one message. */
const PER_TARGET = 5;
const PER_API_SECOND = 50;
const PER_API_MINUTE = 1000;

export class Limits {
  readonly #clock: Clock;
  readonly #enabled: boolean;
  readonly #times = new Map<string, number[]>();

  constructor(options: { clock: Clock; enabled: boolean }) {
    this.#clock = options.clock;
    this.#enabled = options.enabled;
  }

  /** Counts a call of one API; false when it is over 50 a second or 1000 a minute. */
  takeApi(api: string): boolean {
    const fits = this.#fits(`s ${api}`, PER_API_SECOND, 1000) && this.#fits(`m ${api}`, PER_API_MINUTE, 60_000);
    if (fits) {
      this.#count(`s ${api}`);
      this.#count(`m ${api}`);
    }
    return fits;
  }

  /** Counts a message to a chat or an update of a message; false when it is over 5 a second. */
  takeTarget(target: string): boolean {
    const fits = this.#fits(target, PER_TARGET, 1000);
    if (fits) this.#count(target);
    return fits;
  }

  #fits(key: string, most: number, windowMs: number): boolean {
    if (!this.#enabled) return true;
    const since = this.#clock.now() - windowMs;
    const recent = (this.#times.get(key) ?? []).filter((at) => at > since);
    this.#times.set(key, recent);
    return recent.length < most;
  }

  #count(key: string): void {
    if (this.#enabled) this.#times.get(key)?.push(this.#clock.now());
  }
}
