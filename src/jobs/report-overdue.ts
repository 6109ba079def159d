import { localDay } from '../domain/calendar.ts';
import { reportMonthDue } from '../domain/report.ts';
import { listLateTowns } from '../services/report/remind.ts';
import { DAY_MS, type Job } from './job.ts';

/** The day after: who has not reported, to the banner's group. */
export const reportOverdue: Job = {
  name: 'report-overdue',
  schedule: ['0 9 16 * *'],
  catchUpMs: 7 * DAY_MS,
  keepsQuiet: true,
  async run(ctx, slot) {
    await listLateTowns(ctx, reportMonthDue(localDay(slot, ctx.zone)));
  },
};
