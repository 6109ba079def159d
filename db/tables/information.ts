/** Information work (政务信息工作): pieces that units sent in, where they were used, what a use is worth, and published rankings. */
import { sql } from 'drizzle-orm';
import { adoptionKinds, pieceKinds } from '../../src/domain/information.ts';
import type { Kit } from '../sqlite/kit.ts';
import type { PeopleTables } from './people.ts';

export function informationTables(kit: Kit, { units, agents }: Pick<PeopleTables, 'units' | 'agents'>) {
  const informationPieces = kit.table(
    'information_pieces',
    {
      id: kit.id(),
      unitId: kit
        .int('unit_id')
        .notNull()
        .references(() => units.id),
      agentId: kit
        .int('agent_id')
        .notNull()
        .references(() => agents.id),
      kind: kit.text('kind', { enum: pieceKinds }).notNull(),
      /** People may be named in what is typed. */
      titleSealed: kit.text('title_sealed').notNull(),
      /** Link or text. */
      bodySealed: kit.text('body_sealed').notNull(),
      /** When it was written or appeared (YYYY-MM-DD); by it a piece belongs to a half-year. */
      day: kit.text('day').notNull(),
      /** 2026H1 */
      half: kit.text('half').notNull(),
      filedAt: kit.long('filed_at').notNull(),
    },
    (table) => [kit.index('information_pieces_half').on(table.half, table.unitId)],
  );

  const informationAdoptions = kit.table(
    'information_adoptions',
    {
      id: kit.id(),
      unitId: kit
        .int('unit_id')
        .notNull()
        .references(() => units.id),
      /** null: points that belong to no piece (指标). */
      pieceId: kit.int('piece_id').references(() => informationPieces.id),
      kind: kit.text('kind', { enum: adoptionKinds }).notNull(),
      times: kit.int('times').notNull(),
      /** By it its points are told, see `information_points`. */
      day: kit.text('day').notNull(),
      half: kit.text('half').notNull(),
      recordedAt: kit.long('recorded_at').notNull(),
      recordedById: kit
        .int('recorded_by_id')
        .notNull()
        .references(() => agents.id),
      undoneAt: kit.long('undone_at'),
      undoneById: kit.int('undone_by_id').references(() => agents.id),
      undoReasonSealed: kit.text('undo_reason_sealed'),
    },
    (table) => [
      kit.index('information_adoptions_half').on(table.half, table.unitId),
      kit
        .uniqueIndex('information_adoptions_once')
        .on(table.pieceId, table.kind)
        .where(sql`undone_at is null and piece_id is not null`),
    ],
  );

  /** What one use is worth in a banner from a day on; never changed, so that an earlier day keeps its worth. */
  const informationPoints = kit.table(
    'information_points',
    {
      bannerId: kit
        .int('banner_id')
        .notNull()
        .references(() => units.id),
      kind: kit.text('kind', { enum: adoptionKinds }).notNull(),
      fromDay: kit.text('from_day').notNull(),
      points: kit.int('points').notNull(),
    },
    (table) => [kit.primaryKey({ columns: [table.bannerId, table.kind, table.fromDay] })],
  );

  /** 通报: the ranking of a banner's half-year as it was published, and each 更正 of it, which is open until it is published itself. */
  const informationRankings = kit.table(
    'information_rankings',
    {
      bannerId: kit
        .int('banner_id')
        .notNull()
        .references(() => units.id),
      half: kit.text('half').notNull(),
      /** From 1; a later one is a 更正. */
      version: kit.int('version').notNull(),
      /** Empty while a 更正 is open. */
      rows: kit.json('rows').$type<unknown>().notNull(),
      /** Of a 更正, by the record key. */
      reasonSealed: kit.text('reason_sealed'),
      openedAt: kit.long('opened_at'),
      openedById: kit.int('opened_by_id').references(() => agents.id),
      publishedAt: kit.long('published_at'),
      publishedById: kit.int('published_by_id').references(() => agents.id),
    },
    (table) => [kit.primaryKey({ columns: [table.bannerId, table.half, table.version] })],
  );

  return { informationPieces, informationAdoptions, informationPoints, informationRankings };
}
