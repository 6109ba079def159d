/** Settings, lists that are being imported, and what the jobs have done. */
import { sql } from 'drizzle-orm';
import { importStates } from '../../src/domain/import/state.ts';
import type { Kit } from '../sqlite/kit.ts';
import type { PeopleTables } from './people.ts';

export function upkeepTables(kit: Kit, { agents }: Pick<PeopleTables, 'agents'>) {
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

  /** A list that an administrator has sent, from its arrival until it is imported or forgotten. Purged after a week. */
  const imports = kit.table(
    'imports',
    {
      id: kit.id(),
      agentId: kit
        .int('agent_id')
        .notNull()
        .references(() => agents.id),
      /** The message that brought it. */
      messageId: kit.text('message_id').notNull().unique(),
      state: kit.text('state', { enum: importStates }).notNull(),
      /** Where the platform keeps the file; then its rows as they were read. Sealed. */
      contentSealed: kit.text('content_sealed').notNull(),
      createdAt: kit.long('created_at').notNull(),
    },
    (table) => [kit.index('imports_arrived').on(table.id).where(sql`state = 'arrived'`)],
  );

  return { settings, cronRuns, cronMarks, imports };
}
