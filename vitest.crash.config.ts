import { defineConfig } from 'vitest/config';

const BUILD = 'test/crash/build.ts';
const shared = { setupFiles: ['test/support/setup.ts'], testTimeout: 60_000, hookTimeout: 60_000 };

/** Most stories run on both engines; those in a folder of an engine's name run on that one. */
export default defineConfig({
  test: {
    // Each story has a process of its own beside it.
    fileParallelism: false,
    projects: [
      { test: { ...shared, name: 'sqlite', include: ['test/crash/{,sqlite/}*.test.ts'], globalSetup: [BUILD] } },
      {
        test: {
          ...shared,
          name: 'postgres',
          include: ['test/crash/{,postgres/}*.test.ts'],
          env: { DAIBAN_TEST_ENGINE: 'postgres' },
          globalSetup: [BUILD, 'test/support/postgres-server.ts'],
        },
      },
    ],
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/crash.json' }]] : ['default'],
  },
});
