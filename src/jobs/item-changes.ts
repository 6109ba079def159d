import { tellItemChanges } from '../services/item/tell-changes.ts';
import { DAY_MS, type Job } from './job.ts';

/** Every ten minutes; mostly nothing has changed. The quiet hours it keeps itself: a slot in them is no missed one. */
export const itemChanges: Job = {
  name: 'item-changes',
  schedule: ['*/10 * * * *'],
  catchUpMs: DAY_MS,
  run: (ctx) => tellItemChanges(ctx),
};
