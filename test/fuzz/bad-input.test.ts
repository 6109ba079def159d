/** Whatever comes through the webhook: no crash, no server error, no step without a right, and the chains hold. */
import { describe, expect, it } from 'vitest';
import { fuzz } from './run.ts';

/** 3,000 with every run of the suite; `npm run test:fuzz` sends 100,000. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 3_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261123);
const MIB = 1024 * 1024;
/** The bars of the long run, which has the machine for itself; beside other tests they are guards against hanging and hoarding. */
const LONG_RUN = process.env['FUZZ_CASES'] !== undefined;
/** Whatever one delivery does, another is answered in time. */
const STALL_MAX_MS = LONG_RUN ? 300 : 3_000;
/** What may differ between two collections without anything being kept. */
const HEAP_SLACK_BYTES = (LONG_RUN ? 12 : 100) * MIB;

describe('bad input', () => {
  it(`of ${CASES} generated deliveries none does harm`, async () => {
    const figures = await fuzz({ cases: CASES, seed: SEED });
    if (LONG_RUN) process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
    expect(figures.serverErrors).toEqual([]);
    expect(figures.unhandled).toEqual([]);
    expect(figures.withoutRight).toEqual([]);
    expect(figures.chainFaults).toBe(0);
    expect(figures.worstStallMs).toBeLessThan(STALL_MAX_MS);
    expect(figures.heapAtEnd - figures.heapAtTenth).toBeLessThan(HEAP_SLACK_BYTES);
    // The run is worth something only if it gets about: through the door, to steps, to refusals and to what cannot be read.
    expect(Object.keys(figures.byStatus).sort()).toEqual(['200', '400', '401', '405']);
    for (const kind of ['register', 'accept', 'return', 'complete']) expect(figures.steps).toHaveProperty(kind);
    for (const end of ['action done', 'action refused', 'message done', 'unreadable unreadable']) {
      expect(figures.dealt[end] ?? 0).toBeGreaterThan(10);
    }
    expect(Object.keys(figures.dealt).filter((end) => /failed|lost/.test(end))).toEqual([]);
  }, 3_600_000);
});
