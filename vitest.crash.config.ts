import { defineConfig } from 'vitest/config';
import { everyTest, runOf } from './vitest.shared.ts';

const BUILD = 'test/crash/build.ts';

/** Most stories run on both engines; those in a folder of an engine's name run on that one. */
export default defineConfig(
  runOf('crash', {
    // Each story has a process of its own beside it.
    fileParallelism: false,
    projects: [
      { test: { ...everyTest, name: 'sqlite', include: ['test/crash/{,sqlite/}*.test.ts'], globalSetup: [BUILD] } },
      {
        test: {
          ...everyTest,
          name: 'postgres',
          include: ['test/crash/{,postgres/}*.test.ts'],
          env: { DAIBAN_TEST_ENGINE: 'postgres' },
          globalSetup: [BUILD, 'test/support/postgres-server.ts'],
        },
      },
    ],
  }),
);
