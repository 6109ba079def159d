import { defineConfig } from 'vitest/config';
import { everyTest, runOf } from './vitest.shared.ts';

/** The invented years of the scale bench: `SCALE_CASES` of them, SQLite only. */
export default defineConfig(
  runOf('scale', {
    ...everyTest,
    include: ['test/bench/generate.test.ts'],
  }),
);
