import { defineConfig } from 'vitest/config';
import { everyTest } from './vitest.shared.ts';

export default defineConfig({
  test: {
    ...everyTest,
    include: ['test/fuzz/**/*.test.ts'],
    env: { FUZZ_CASES: '100000' },
  },
});
