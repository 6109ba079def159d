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

/** `.ci/run` counts what stands in `test-results`, a file for each run. */
export function told(name: string): Pick<TestOptions, 'reporters'> {
  const file: [string, { outputFile: string }] = ['json', { outputFile: `test-results/${name}.json` }];
  return { reporters: process.env['CI'] ? ['default', file] : ['default'] };
}
