import { defineConfig } from 'vitest/config';
import { everyTest, runOf } from './vitest.shared.ts';

export default defineConfig(
  runOf('node', {
    ...everyTest,
    include: ['test/**/*.test.ts'],
    // These have configurations of their own.
    exclude: [
      'test/browser/**',
      'test/crash/**',
      'test/processes/**',
      'test/letters/opened/**',
      'test/deploy/systemd/**',
      'test/bench/generate.test.ts',
    ],
    // Loading the program anew costs more than most files' tests; helpers leave their cleaning up to `setup.ts`.
    isolate: false,
    maxWorkers: '100%',
  }),
);
