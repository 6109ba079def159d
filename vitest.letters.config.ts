import { defineConfig } from 'vitest/config';
import { everyTest, runOf } from './vitest.shared.ts';

/** What asks a program that not everybody has, LibreOffice or systemd: `npm run test:letters`. */
export default defineConfig(
  runOf('letters', {
    ...everyTest,
    include: ['test/letters/opened/*.test.ts', 'test/deploy/systemd/*.test.ts'],
    // One office at a time.
    fileParallelism: false,
  }),
);
