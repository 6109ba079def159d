/** What every run of tests has in common. */
import type { ViteUserConfig } from 'vitest/config';

/** No test waits so long for what it asks for: one that does hangs, however busy the machine is. */
const HANGS_AFTER_MS = 600_000;

type TestOptions = NonNullable<ViteUserConfig['test']>;

export const everyTest = {
  setupFiles: ['test/support/setup.ts'],
  testTimeout: HANGS_AFTER_MS,
  hookTimeout: HANGS_AFTER_MS,
  expect: { poll: { timeout: HANGS_AFTER_MS } },
} as const satisfies TestOptions;

/**
 * A configuration by its name. `.ci/run` counts what stands in `test-results`, a file for each. What vitest remembers of earlier runs is
 * kept apart as well: of two that run beside each other one would read what the other has half written.
 */
export function runOf(name: string, test: TestOptions): ViteUserConfig {
  const file: [string, { outputFile: string }] = ['json', { outputFile: `test-results/${name}.json` }];
  const reporters = process.env['CI'] ? ['default', file] : ['default'];
  return { cacheDir: `node_modules/.vite/${name}`, test: { reporters, ...test } };
}
