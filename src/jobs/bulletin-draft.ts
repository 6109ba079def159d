import { localDay } from '../domain/calendar.ts';
import { quarterBefore } from '../domain/quarter.ts';
import { draftBulletins } from '../services/bulletin/draft.ts';
import { DAY_MS, type Job } from './job.ts';

/**
 * 每季度进行通报 (the plan, 三（五）): on a quarter's first working day its managers get the draft on the one before; on a later one when
 * the first passed without the program. Of missed slots only the newest runs, so each of them makes up for the first.
 */
export const bulletinDraft: Job = {
  name: 'bulletin-draft',
  // No holidays are longer than the first third of a month.
  schedule: ['0 9 1-12 1,4,7,10 *'],
  workingDaysOnly: true,
  catchUpMs: 7 * DAY_MS,
  keepsQuiet: true,
  async run(ctx, slot) {
    await draftBulletins(ctx, quarterBefore(localDay(slot, ctx.zone)));
  },
};
