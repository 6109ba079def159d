import { defineConfig } from 'vitest/config';

/** The invented years of the scale bench: `SCALE_CASES` of them, SQLite only. */
export default defineConfig({
  test: {
    include: ['test/bench/generate.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/scale.json' }]] : ['default'],
  },
});
