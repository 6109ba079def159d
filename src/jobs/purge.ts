import { purge } from '../services/purge.ts';
import { DAY_MS, type Job } from './job.ts';

export const purgeJob: Job = {
  name: 'purge',
  schedule: ['0 3 * * *'],
  catchUpMs: DAY_MS,
  run: (ctx) => purge(ctx),
};
