/** Whose cases were archived so long ago that their data may go (归档满几年). */
import { and, asc, count, eq, isNotNull, isNull, lt, min, type SQL, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

/**
 * Archived before that moment, without a rectification (整改), of somebody who still has a key, and no other registration of the same person (by ID number, or
 * by name and number) that is younger, or under way. What was withdrawn or terminated counts from its end.
 */
function isDue(t: Tables, before: number): SQL | undefined {
  const { cases, applicants } = t;
  const same = sql`(other.id_number_hash = ${applicants.idNumberHash} or (other.name_hash = ${applicants.nameHash} and (other.phone_tail_hash = ${applicants.phoneTailHash} or other.contact_tail_hash = ${applicants.contactTailHash})))`;
  const ended = sql`coalesce(theirs.archived_at, theirs.withdrawn_at, theirs.terminated_at)`;
  const younger = sql`select 1 from ${applicants} as other inner join ${cases} as theirs on theirs.applicant_id = other.id where other.id <> ${applicants.id} and other.wrapped_key is not null and ${same} and (${ended} is null or ${ended} >= ${before})`;
  return and(
    isNotNull(cases.archivedAt),
    lt(cases.archivedAt, before),
    isNull(cases.rectifiedAt),
    isNotNull(applicants.wrappedKey),
    sql`not exists (${younger})`,
  );
}

export const retentionReads = {
  /** The cases of those who are due, the oldest first. @param wanted.before ms */
  async due({ q, t }: Tx, wanted: { before: number; limit: number }): Promise<number[]> {
    const { id, archivedAt } = t.cases;
    const rows = await q
      .select({ id })
      .from(t.cases)
      .innerJoin(t.applicants, eq(t.applicants.id, t.cases.applicantId))
      .where(isDue(t, wanted.before))
      .orderBy(asc(archivedAt), asc(id))
      .limit(wanted.limit);
    return rows.map((row) => row.id);
  },

  /** How many are due, and when the oldest of their cases was archived (ms). */
  async extent({ q, t }: Tx, before: number): Promise<{ people: number; oldestAt: number | null }> {
    const [found] = await q
      .select({ people: count(), oldestAt: min(t.cases.archivedAt) })
      .from(t.cases)
      .innerJoin(t.applicants, eq(t.applicants.id, t.cases.applicantId))
      .where(isDue(t, before));
    return { people: found?.people ?? 0, oldestAt: found?.oldestAt ?? null };
  },
};
