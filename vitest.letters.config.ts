import { defineConfig } from 'vitest/config';

/** Word files opened by LibreOffice, which not everybody has: `npm run test:letters`. */
export default defineConfig({
  test: {
    include: ['test/letters/opened/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    // One office at a time.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/letters.json' }]] : ['default'],
  },
});
