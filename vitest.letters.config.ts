import { defineConfig } from 'vitest/config';
import { everyTest, told } from './vitest.shared.ts';

/** What asks a program that not everybody has, LibreOffice or systemd: `npm run test:letters`. */
export default defineConfig({
  test: {
    ...everyTest,
    ...told('letters'),
    include: ['test/letters/opened/*.test.ts', 'test/deploy/systemd/*.test.ts'],
    // One office at a time.
    fileParallelism: false,
  },
});
