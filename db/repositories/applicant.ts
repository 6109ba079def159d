import { eq } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type ApplicantRow = Tables['applicants']['$inferSelect'];
export type NewApplicant = Tables['applicants']['$inferInsert'];

export const applicantWrites = {
  async insert({ q, t }: Tx, applicant: NewApplicant): Promise<ApplicantRow> {
    const [row] = await q.insert(t.applicants).values(applicant).returning();
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
