import { defineConfig } from 'vitest/config';

/** The same tests on PostgreSQL, and those that need it: several processes on one database, and the move from a file. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/crash/**'],
    env: { DAIBAN_TEST_ENGINE: 'postgres' },
    globalSetup: ['test/support/postgres-server.ts'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/postgres.json' }]] : ['default'],
  },
});
