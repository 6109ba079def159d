import { postWeeklyDigest } from '../services/digest/weekly.ts';
import { drawChecks } from '../services/follow-up/draw.ts';
import { DAY_MS, type Job } from './job.ts';

/**
 * On Fridays the week's figures go to the banner's group, with the ends of all chains: a witness outside the database. Before it those of
 * the week's good ratings are drawn that the banner asks about once more.
 */
export const weeklyDigest: Job = {
  name: 'weekly-digest',
  schedule: ['0 16 * * 5'],
  keepsQuiet: true,
  catchUpMs: DAY_MS,
  async run(ctx, slot) {
    await drawChecks(ctx, slot);
    await postWeeklyDigest(ctx, slot);
  },
};
