/** Every job there is. */
import { caseDeadlines } from './case-deadlines.ts';
import { itemChanges } from './item-changes.ts';
import type { Job } from './job.ts';
import { purgeJob } from './purge.ts';
import { reportOverdue } from './report-overdue.ts';
import { reportReminder } from './report-reminder.ts';
import { retentionErase, retentionQuestion } from './retention.ts';
import { weeklyDigest } from './weekly-digest.ts';

export const jobs: readonly Job[] = [
  reportReminder,
  reportOverdue,
  caseDeadlines,
  weeklyDigest,
  itemChanges,
  purgeJob,
  retentionQuestion,
  retentionErase,
];
