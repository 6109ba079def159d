import { caseReads } from '../../db/repositories/case.ts';
import { endOfDay, localDay } from '../domain/calendar.ts';
import { noteOverdueCases } from '../services/case/note-overdue.ts';
import { remindHolders } from '../services/case/remind-holders.ts';
import { DAY_MS, type Job } from './job.ts';

/** Every working morning: which cases end today or are overdue, one card per unit; the cards of those that became overdue say so. */
export const caseDeadlines: Job = {
  name: 'case-deadlines',
  schedule: ['0 9 * * *'],
  workingDaysOnly: true,
  catchUpMs: DAY_MS / 2,
  async run(ctx) {
    await noteOverdueCases(ctx);
    const endOfToday = endOfDay(localDay(ctx.now, ctx.zone), ctx.zone);
    await remindHolders(ctx, await caseReads.dueBefore(ctx.tx, endOfToday + 1));
  },
};
