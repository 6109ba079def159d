import { localDay } from '../domain/calendar.ts';
import { tellStandIns } from '../services/stand-in/daily.ts';
import { DAY_MS, type Job } from './job.ts';

/** 代班 that begins today or ended yesterday: both are told, on days off, too, because a leave knows none. */
export const standInsJob: Job = {
  name: 'stand-ins',
  schedule: ['0 8 * * *'],
  catchUpMs: DAY_MS / 2,
  keepsQuiet: true,
  async run(ctx, slot) {
    await tellStandIns(ctx, localDay(slot, ctx.zone));
  },
};
