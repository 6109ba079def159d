import { defineConfig } from 'vitest/config';
import { everyTest, runOf } from './vitest.shared.ts';

export default defineConfig(
  runOf('fuzz', {
    ...everyTest,
    include: ['test/fuzz/**/*.test.ts'],
    env: { FUZZ_CASES: '100000' },
  }),
);
