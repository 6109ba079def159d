import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest';
import { endFile } from './end-of-file.ts';

/** Any `console.error` or `console.warn` a test did not replace itself is a fault of the code under test. */
const unexpected: string[] = [];

beforeEach(() => {
  unexpected.length = 0;
  for (const method of ['error', 'warn'] as const) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      unexpected.push(`console.${method}: ${args.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  expect(unexpected).toEqual([]);
  vi.restoreAllMocks();
});

afterAll(endFile);
