/** The towns' monthly reports: the draft's texts, and every version that was submitted. */
import { type BulletinFigures, bulletinStates } from '../../src/domain/bulletin.ts';
import { reportTextNames } from '../../src/domain/report.ts';
import type { ReportParts } from '../../src/domain/report-figures.ts';
import type { Kit } from '../sqlite/kit.ts';
import type { PeopleTables } from './people.ts';

export function reportTables(kit: Kit, { units, agents }: Pick<PeopleTables, 'units' | 'agents'>) {
  const monthlyReports = kit.table(
    'monthly_reports',
    {
      id: kit.id(),
      townId: kit
        .int('town_id')
        .notNull()
        .references(() => units.id),
      /** The month reported on (YYYY-MM); due in the month after it. */
      month: kit.text('month').notNull(),
      /** The number of the version that stands; null while the report is open. */
      version: kit.int('version'),
      /** Since when it has stood as reported, by whom, and whether that was late: a 更正 changes none of the three. */
      submittedAt: kit.long('submitted_at'),
      submittedBy: kit.int('submitted_by').references(() => agents.id),
      late: kit.bool('late'),
      /** The look after the last day found it missing; its cards say 已逾期. */
      overdue: kit.bool('overdue').notNull().default(false),
      /** When the banner last asked for it (催报). */
      urgedAt: kit.long('urged_at'),
    },
    (table) => [kit.uniqueIndex('monthly_reports_town_month').on(table.townId, table.month)],
  );

  /** What the town's people have typed so far; it stays beside what was submitted, for the next version. */
  const reportTexts = kit.table(
    'report_texts',
    {
      id: kit.id(),
      reportId: kit
        .int('report_id')
        .notNull()
        .references(() => monthlyReports.id),
      name: kit.text('name', { enum: reportTextNames }).notNull(),
      wordsSealed: kit.text('words_sealed').notNull(),
      savedAt: kit.long('saved_at').notNull(),
      savedBy: kit
        .int('saved_by')
        .notNull()
        .references(() => agents.id),
    },
    (table) => [kit.uniqueIndex('report_texts_report_name').on(table.reportId, table.name)],
  );

  /** What was submitted, as it was: never changed but for how it ended. */
  const reportVersions = kit.table(
    'report_versions',
    {
      reportId: kit
        .int('report_id')
        .notNull()
        .references(() => monthlyReports.id),
      /** 1, 2, … within the report. */
      number: kit.int('number').notNull(),
      /** The version that it corrected while that one stood; null of a report that was open. */
      corrects: kit.int('corrects'),
      figures: kit.json('figures').$type<Record<string, number>>().notNull(),
      parts: kit.json('parts').$type<ReportParts>().notNull(),
      /** The texts, masked, with the reason of a 更正: the very text that is sealed in its entry. */
      textsSealed: kit.text('texts_sealed').notNull(),
      submittedAt: kit.long('submitted_at').notNull(),
      submittedBy: kit
        .int('submitted_by')
        .notNull()
        .references(() => agents.id),
      late: kit.bool('late').notNull(),
      /** Where its submission stands in the town's chain: the card names that entry, so that it is a witness of the ledger. */
      ledgerSeq: kit.long('ledger_seq').notNull(),
      /** `undone`: 撤销 within ten minutes; `returned`: 退回修改 by the banner. */
      ending: kit.text('ending', { enum: ['undone', 'returned'] }),
      endedAt: kit.long('ended_at'),
      endedBy: kit.int('ended_by').references(() => agents.id),
      /** Why the banner sent it back. */
      reasonSealed: kit.text('reason_sealed'),
    },
    (table) => [kit.primaryKey({ columns: [table.reportId, table.number] })],
  );

  /** 通报 of a banner's quarter; a 更正 is a further version, and none is changed once it is published. */
  const bulletins = kit.table(
    'bulletins',
    {
      id: kit.id(),
      bannerId: kit
        .int('banner_id')
        .notNull()
        .references(() => units.id),
      /** 2026Q3 */
      quarter: kit.text('quarter').notNull(),
      /** From 1. */
      version: kit.int('version').notNull(),
      /** `corrected`: a later version stands in its place. */
      state: kit.text('state', { enum: bulletinStates }).notNull(),
      /** Goes up with each change of the draft, so that nobody publishes what they have not seen. */
      revision: kit.int('revision').notNull().default(1),
      figures: kit.json('figures').$type<BulletinFigures>().notNull(),
      /** 按语, already without anything personal. */
      noteSealed: kit.text('note_sealed'),
      /** Why a further version was needed; null of the first. */
      reasonSealed: kit.text('reason_sealed'),
      draftedAt: kit.long('drafted_at').notNull(),
      publishedAt: kit.long('published_at'),
      publishedBy: kit.int('published_by').references(() => agents.id),
    },
    (table) => [kit.uniqueIndex('bulletins_version').on(table.bannerId, table.quarter, table.version)],
  );

  return { monthlyReports, reportTexts, reportVersions, bulletins };
}
