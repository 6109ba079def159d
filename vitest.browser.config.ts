import { defineConfig } from 'vitest/config';
import { everyTest, runOf } from './vitest.shared.ts';

export default defineConfig(
  runOf('browser', {
    ...everyTest,
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/build.ts'],
    // Browsers share the machine badly: one file at a time.
    fileParallelism: false,
  }),
);
