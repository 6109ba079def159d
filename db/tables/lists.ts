/** The four lists (4 张清单) of each center and station: what was published when, and the file of each. */
import { sql } from 'drizzle-orm';
import { listFileStates } from '../../src/domain/unit-list.ts';
import type { Kit } from '../sqlite/kit.ts';
import type { PeopleTables } from './people.ts';

export function listTables(kit: Kit, { units, agents }: Pick<PeopleTables, 'units' | 'agents'>) {
  /** One row for each time that a list was published; the newest of a unit's slot is the one that counts. */
  const unitLists = kit.table(
    'unit_lists',
    {
      id: kit.id(),
      unitId: kit
        .int('unit_id')
        .notNull()
        .references(() => units.id),
      /** 1 to 4. */
      slot: kit.int('slot').notNull(),
      name: kit.text('name').notNull(),
      /** 版本, as it is printed on it; '' for none. */
      edition: kit.text('edition').notNull(),
      /** YYYY-MM-DD */
      publishedOn: kit.text('published_on').notNull(),
      madeAt: kit.long('made_at').notNull(),
      madeBy: kit
        .int('made_by')
        .notNull()
        .references(() => agents.id),
      fileState: kit.text('file_state', { enum: listFileStates }).notNull(),
      /** Until when what its maker sends is its file. */
      awaitedUntil: kit.long('awaited_until'),
      /** By which the platform gives it. */
      messageId: kit.text('message_id'),
      resourceKey: kit.text('resource_key'),
      resourceKind: kit.text('resource_kind', { enum: ['image', 'file'] }),
      /** Its file in the store of papers, drawn by lot. */
      fileName: kit.text('file_name').unique(),
      /** With the dot: .pdf */
      ending: kit.text('ending'),
      /** Opens the file; wrapped under `DATA_KEY` like an applicant's. */
      wrappedKey: kit.text('wrapped_key'),
      /** Of the file as it is stored, sealed. */
      bytes: kit.int('bytes'),
      /** SHA-256 of the file as it is stored, hex. */
      hash: kit.text('hash'),
      attempts: kit.int('attempts').notNull().default(0),
      availableAt: kit.long('available_at').notNull(),
    },
    (table) => [
      kit.index('unit_lists_unit').on(table.unitId, table.slot, table.id),
      kit.index('unit_lists_awaited').on(table.madeBy).where(sql`file_state = 'awaited'`),
      kit.index('unit_lists_due').on(table.availableAt, table.id).where(sql`file_state = 'waiting'`),
    ],
  );

  return { unitLists };
}
