import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Crash tests and what needs a PostgreSQL server have configurations of their own.
    exclude: ['test/browser/**', 'test/crash/**', 'test/processes/**'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 30_000,
    isolate: false,
    maxWorkers: '100%',
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/node.json' }]] : ['default'],
  },
});
