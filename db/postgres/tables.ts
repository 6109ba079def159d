/** The tables of PostgreSQL, one export each: drizzle-kit makes the migrations from them. */
import { tablesOf } from '../tables.ts';
import { postgresKit } from './kit.ts';

export const {
  units,
  agents,
  serviceItems,
  roster,
  applicants,
  cases,
  caseSequences,
  drafts,
  paperRounds,
  papers,
  ledgerEntries,
  ledgerKeys,
  ledgerHeads,
  statCounters,
  monthlyReports,
  reportTexts,
  reportVersions,
  livingCards,
  chats,
  inbox,
  outbox,
  settings,
  cronRuns,
  cronMarks,
  imports,
} = tablesOf(postgresKit);
