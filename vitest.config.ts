import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These have configurations of their own.
    exclude: [
      'test/browser/**',
      'test/crash/**',
      'test/processes/**',
      'test/letters/opened/**',
      'test/deploy/systemd/**',
      'test/bench/generate.test.ts',
    ],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 60_000,
    // Loading the program anew costs more than most files' tests; helpers leave their cleaning up to `setup.ts`.
    isolate: false,
    maxWorkers: '100%',
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/node.json' }]] : ['default'],
  },
});
