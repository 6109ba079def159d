import { tellItemChanges } from '../services/item/tell-changes.ts';
import { DAY_MS, type Job } from './job.ts';

/** Every ten minutes; mostly nothing has changed. The quiet hours it keeps itself. */
export const itemChanges: Job = {
  name: 'item-changes',
  schedule: ['*/10 * * * *'],
  comesAgain: true,
  catchUpMs: DAY_MS,
  run: (ctx) => tellItemChanges(ctx),
};
