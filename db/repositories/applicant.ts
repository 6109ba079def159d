import { eq, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';

export type ApplicantRow = Tables['applicants']['$inferSelect'];
export type NewApplicant = Tables['applicants']['$inferInsert'];

const selectById = prepared(({ q, t }) =>
  q
    .select()
    .from(t.applicants)
    .where(eq(t.applicants.id, sql.placeholder('id')))
    .prepare(),
);

export const applicantReads = {
  async byId(tx: Tx, id: number): Promise<ApplicantRow> {
    const [row] = await selectById(tx).execute({ id });
    if (!row) throw new Error(`applicant ${id} does not exist`);
    return row;
  },
};

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
