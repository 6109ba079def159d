import { postWeeklyDigest } from '../services/digest/weekly.ts';
import { DAY_MS, type Job } from './job.ts';

/** On Fridays the week's figures go to the banner's group, with the ends of all chains: a witness outside the database. */
export const weeklyDigest: Job = {
  name: 'weekly-digest',
  schedule: ['0 16 * * 5'],
  keepsQuiet: true,
  catchUpMs: DAY_MS,
  run: postWeeklyDigest,
};
