import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/fuzz/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    env: { FUZZ_CASES: '100000' },
  },
});
