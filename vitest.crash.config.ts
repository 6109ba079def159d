import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/crash/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    // Each story has a process of its own beside it.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/crash.json' }]] : ['default'],
  },
});
