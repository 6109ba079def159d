import { askRetention } from '../services/retention/ask.ts';
import { eraseByRetention } from '../services/retention/erase.ts';
import { DAY_MS, HOUR_MS, type Job } from './job.ts';

/** Asks the administrators before the first deletion by the setting of 归档满几年. */
export const retentionQuestion: Job = {
  name: 'retention-question',
  schedule: ['0 10 * * *'],
  workingDaysOnly: true,
  keepsQuiet: true,
  catchUpMs: DAY_MS / 2,
  run: (ctx) => askRetention(ctx),
};

/** A bounded number each night, once they have agreed. One missed night is nothing to make up for. */
export const retentionErase: Job = {
  name: 'retention-erase',
  schedule: ['40 3 * * *'],
  catchUpMs: HOUR_MS,
  run: (ctx) => eraseByRetention(ctx),
};
