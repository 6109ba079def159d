import { eq } from 'drizzle-orm';
import type { Tx } from '../client.ts';
import type { applicants } from '../schema/sqlite.ts';

export type ApplicantRow = typeof applicants.$inferSelect;
export type NewApplicant = typeof applicants.$inferInsert;

export const applicantReads = {
  async byId({ q, t }: Tx, id: number): Promise<ApplicantRow> {
    const [row] = await q.select().from(t.applicants).where(eq(t.applicants.id, id));
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
};
