import type { Reading } from '../ctx.ts';
import { settingOf } from '../services/settings.ts';
import type { Timed } from './job.ts';

/** The job with the schedule that is set for it, daily at that time. */
export async function asSet({ tx }: Pick<Reading, 'tx'>, job: Timed): Promise<Timed> {
  if (job.timeSetting === undefined) return job;
  const [hour, minute] = (await settingOf({ tx }, job.timeSetting)).split(':').map(Number);
  return { ...job, schedule: [`${minute} ${hour} * * *`] };
}
