import { defineConfig } from 'vitest/config';

/** What asks a program that not everybody has, LibreOffice or systemd: `npm run test:letters`. */
export default defineConfig({
  test: {
    include: ['test/letters/opened/*.test.ts', 'test/deploy/systemd/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    // One office at a time.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/letters.json' }]] : ['default'],
  },
});
