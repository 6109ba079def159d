/**
 * How long the event loop stood still because this process computed. Time in which the machine gave the processor to others does
 * not count, so that a busy machine fails no test.
 */

const BEAT_MS = 10;

export interface StallMeter {
  /** Measures while `work` goes on. */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** The longest standstill of all, in milliseconds of processor time. */
  readonly worstMs: number;
}

export function createStallMeter(): StallMeter {
  let worstMs = 0;

  async function during<Result>(work: () => Promise<Result>): Promise<Result> {
    let at = performance.now();
    let cpu = process.cpuUsage();
    const beat = () => {
      const { user, system } = process.cpuUsage(cpu);
      const now = performance.now();
      worstMs = Math.max(worstMs, Math.min(now - at, (user + system) / 1000));
      at = now;
      cpu = process.cpuUsage();
    };
    const heart = setInterval(beat, BEAT_MS);
    try {
      return await work();
    } finally {
      clearInterval(heart);
      beat();
    }
  }

  return {
    during,
    get worstMs() {
      return worstMs;
    },
  };
}
