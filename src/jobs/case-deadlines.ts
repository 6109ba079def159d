import { noteOverdueCases } from '../services/case/note-overdue.ts';
import { postMorningDigests } from '../services/digest/morning.ts';
import { DAY_MS, type Job } from './job.ts';

/** Every working morning: one digest for each group and person that something waits for; cards of what became overdue say so. */
export const caseDeadlines: Job = {
  name: 'case-deadlines',
  schedule: ['0 9 * * *'],
  timeSetting: 'digestTime',
  workingDaysOnly: true,
  keepsQuiet: true,
  catchUpMs: DAY_MS / 2,
  async run(ctx) {
    await noteOverdueCases(ctx);
    await postMorningDigests(ctx);
  },
};
