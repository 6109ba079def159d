import { defineConfig } from 'vitest/config';
import { everyTest, told } from './vitest.shared.ts';

/** The invented years of the scale bench: `SCALE_CASES` of them, SQLite only. */
export default defineConfig({
  test: {
    ...everyTest,
    ...told('scale'),
    include: ['test/bench/generate.test.ts'],
  },
});
