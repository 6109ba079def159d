import { localDay } from '../domain/calendar.ts';
import { reportMonthDue } from '../domain/report.ts';
import { remindTowns } from '../services/report/remind.ts';
import { DAY_MS, type Job } from './job.ts';

/** 每月15日前报送 (the plan, 三（四）): asks the towns that have not reported yet on the month before. */
export const reportReminder: Job = {
  name: 'report-reminder',
  schedule: ['0 9 10,13,14,15 * *', '0 15 15 * *'],
  catchUpMs: DAY_MS,
  keepsQuiet: true,
  async run(ctx, slot) {
    await remindTowns(ctx, reportMonthDue(localDay(slot, ctx.zone)));
  },
};
