import { localDay } from '../domain/calendar.ts';
import { isFirstWorkingDay, quarterBefore } from '../domain/quarter.ts';
import { draftBulletins } from '../services/bulletin/draft.ts';
import { workingCalendar } from '../services/setting/calendar.ts';
import { DAY_MS, type Job } from './job.ts';

/** 每季度进行通报 (the plan, 三（五）): on a quarter's first working day its managers get the draft on the one before. */
export const bulletinDraft: Job = {
  name: 'bulletin-draft',
  // No holidays are longer than the first third of a month.
  schedule: ['0 9 1-12 1,4,7,10 *'],
  workingDaysOnly: true,
  catchUpMs: 7 * DAY_MS,
  keepsQuiet: true,
  async run(ctx, slot) {
    const day = localDay(slot, ctx.zone);
    const calendar = await workingCalendar(ctx);
    if (isFirstWorkingDay(day, calendar)) await draftBulletins(ctx, quarterBefore(day));
  },
};
