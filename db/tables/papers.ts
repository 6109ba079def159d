/** The papers (材料) of cases: what was sent, what has become of it, and whose private chat they come in by. */
import { sql } from 'drizzle-orm';
import { paperProblems, paperStates, paperTypes } from '../../src/domain/paper.ts';
import type { Kit } from '../sqlite/kit.ts';
import type { caseTables } from './cases.ts';
import type { PeopleTables } from './people.ts';
import type { PlanTables } from './plan.ts';

type Known = Pick<PeopleTables, 'agents'> &
  Pick<PlanTables, 'evidencePlaces'> &
  Pick<ReturnType<typeof caseTables>, 'cases'>;

export function paperTables(kit: Kit, { agents, cases, evidencePlaces }: Known) {
  /** One stretch of sending: what this person sends privately belongs to this case, until it ends. */
  const paperRounds = kit.table(
    'paper_rounds',
    {
      id: kit.id(),
      agentId: kit
        .int('agent_id')
        .notNull()
        .references(() => agents.id),
      /** null while nobody has said of which case. */
      caseId: kit.int('case_id').references(() => cases.id),
      /** Set where they are photos of a unit's task or check. */
      placeId: kit.int('place_id').references(() => evidencePlaces.id),
      /** Of the item's list what comes now, until another is chosen; null: not said. */
      material: kit.text('material'),
      /** Moves with everything that comes. */
      until: kit.long('until').notNull(),
      endedAt: kit.long('ended_at'),
    },
    (table) => [
      kit.index('paper_rounds_agent').on(table.agentId).where(sql`ended_at is null`),
      kit.index('paper_rounds_until').on(table.until).where(sql`ended_at is null`),
    ],
  );

  const papers = kit.table(
    'papers',
    {
      id: kit.id(),
      roundId: kit
        .int('round_id')
        .notNull()
        .references(() => paperRounds.id),
      caseId: kit.int('case_id').references(() => cases.id),
      placeId: kit.int('place_id').references(() => evidencePlaces.id),
      /** By which the platform gives it: neither tells what it is. */
      messageId: kit.text('message_id').notNull(),
      resourceKey: kit.text('resource_key').notNull(),
      kind: kit.text('kind', { enum: ['image', 'file'] }).notNull(),
      state: kit.text('state', { enum: paperStates }).notNull(),
      problem: kit.text('problem', { enum: paperProblems }),
      /** Its file in the store, drawn by lot. */
      fileName: kit.text('file_name').notNull().unique(),
      type: kit.text('type', { enum: paperTypes }),
      /** Of the file as it is stored, sealed. */
      bytes: kit.int('bytes'),
      /** SHA-256 of the file as it is stored, hex. */
      hash: kit.text('hash'),
      /** Of the item's list, as it was called. */
      material: kit.text('material'),
      attempts: kit.int('attempts').notNull().default(0),
      availableAt: kit.long('available_at').notNull(),
      createdAt: kit.long('created_at').notNull(),
      /** null exactly while the program has something to do with it: to fetch it, or to delete its file. */
      settledAt: kit.long('settled_at'),
    },
    (table) => [
      kit.uniqueIndex('papers_resource').on(table.messageId, table.resourceKey),
      kit.index('papers_case').on(table.caseId, table.id),
      kit.index('papers_place').on(table.placeId).where(sql`place_id is not null`),
      kit.index('papers_round').on(table.roundId, table.id),
      kit.index('papers_due').on(table.availableAt, table.id).where(sql`settled_at is null`),
    ],
  );

  return { paperRounds, papers };
}
