import { defineConfig } from 'vitest/config';
import { everyTest, told } from './vitest.shared.ts';

export default defineConfig({
  test: {
    ...everyTest,
    ...told('browser'),
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/build.ts'],
    // Browsers share the machine badly: one file at a time.
    fileParallelism: false,
  },
});
