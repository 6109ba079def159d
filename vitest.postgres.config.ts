import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The same tests on PostgreSQL, and those that need several processes on one database. */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      env: { DAIBAN_TEST_ENGINE: 'postgres' },
      globalSetup: ['test/support/postgres-server.ts'],
      testTimeout: 60_000,
    },
  }),
);
