/** Settings, and what the jobs have done. */
import type { Kit } from '../sqlite/kit.ts';

export function upkeepTables(kit: Kit) {
  const settings = kit.table('settings', {
    key: kit.text('key').primaryKey(),
    value: kit.json('value').$type<unknown>().notNull(),
  });

  const cronRuns = kit.table(
    'cron_runs',
    {
      job: kit.text('job').notNull(),
      /** The slot's time, not the time it ran. */
      slot: kit.long('slot').notNull(),
      ranAt: kit.long('ran_at').notNull(),
      status: kit.text('status', { enum: ['done'] }).notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.job, table.slot] })],
  );

  /** Up to when each job's slots have been looked at. */
  const cronMarks = kit.table('cron_marks', {
    job: kit.text('job').primaryKey(),
    checkedUntil: kit.long('checked_until').notNull(),
  });

  return { settings, cronRuns, cronMarks };
}
