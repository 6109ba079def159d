import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { preparedForRows } from '../prepared.ts';

export type ApplicantRow = Tables['applicants']['$inferSelect'];
export type NewApplicant = Tables['applicants']['$inferInsert'];

const insertRows = preparedForRows<NewApplicant>()(({ q, t }, rows) =>
  q.insert(t.applicants).values(rows).returning().prepare(),
);

export const applicantReads = {
  /** The next `limit` of those who have a key, by id. */
  async withKey({ q, t }: Tx, page: { afterId: number; limit: number }): Promise<{ id: number; wrappedKey: string }[]> {
    const { id, wrappedKey } = t.applicants;
    const rows = await q
      .select({ id, wrappedKey })
      .from(t.applicants)
      .where(and(gt(id, page.afterId), isNotNull(wrappedKey)))
      .orderBy(asc(id))
      .limit(page.limit);
    return rows.flatMap((row) => (row.wrappedKey === null ? [] : { id: row.id, wrappedKey: row.wrappedKey }));
  },
};

export const applicantWrites = {
  async insert(tx: Tx, applicant: NewApplicant): Promise<ApplicantRow> {
    const { query, values } = insertRows(tx, [applicant]);
    const [row] = await query.execute(values);
    if (!row) throw new Error('insert into applicants returned no row');
    return row;
  },

  /** Another unit holds the applicant's case now. */
  async setHolder(
    { q, t }: Tx,
    { applicantId, holderUnitId }: { applicantId: number; holderUnitId: number },
  ): Promise<void> {
    await q.update(t.applicants).set({ holderUnitId }).where(eq(t.applicants.id, applicantId));
  },
};
