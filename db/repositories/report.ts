import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type ReportRow = Tables['monthlyReports']['$inferSelect'];

/** What a submission fixes. */
interface Submission {
  readonly figures: Record<string, number>;
  readonly submittedAt: number;
  readonly submittedBy: number;
  readonly late: boolean;
  readonly ledgerSeq: number;
}

export const reportReads = {
  async byId({ q, t }: Tx, id: number): Promise<ReportRow | undefined> {
    return (await q.select().from(t.monthlyReports).where(eq(t.monthlyReports.id, id)))[0];
  },

  async all({ q, t }: Tx): Promise<ReportRow[]> {
    return q.select().from(t.monthlyReports).orderBy(asc(t.monthlyReports.id));
  },

  async ofMonth({ q, t }: Tx, month: string): Promise<ReportRow[]> {
    return q.select().from(t.monthlyReports).where(eq(t.monthlyReports.month, month));
  },
};

export const reportWrites = {
  /** Notes of these reports that their last day has passed without them. */
  async noteOverdue({ q, t }: Tx, ids: readonly number[]): Promise<void> {
    await q
      .update(t.monthlyReports)
      .set({ overdue: true })
      .where(inArray(t.monthlyReports.id, [...ids]));
  },

  /** The row of a town and month, made if it is not there; nobody else changes it until the transaction ends. */
  async open({ q, t, forUpdate }: Tx, place: { townId: number; month: string }): Promise<ReportRow> {
    await q
      .insert(t.monthlyReports)
      .values(place)
      .onConflictDoNothing({ target: [t.monthlyReports.townId, t.monthlyReports.month] });
    const [row] = await forUpdate(
      q
        .select()
        .from(t.monthlyReports)
        .where(and(eq(t.monthlyReports.townId, place.townId), eq(t.monthlyReports.month, place.month))),
    );
    if (!row) throw new Error('monthly report row is missing right after its insert');
    return row;
  },

  /** Fixes the figures; undefined when it had been submitted before. */
  async submit({ q, t }: Tx, change: Submission & { id: number }): Promise<ReportRow | undefined> {
    const { id, ...set } = change;
    const [row] = await q
      .update(t.monthlyReports)
      .set(set)
      .where(and(eq(t.monthlyReports.id, id), isNull(t.monthlyReports.submittedAt)))
      .returning();
    return row;
  },

  /** It is as if it had not been submitted; only the submission of that moment is taken back. */
  async reopen({ q, t }: Tx, { id, submittedAt }: { id: number; submittedAt: number }): Promise<ReportRow | undefined> {
    const [row] = await q
      .update(t.monthlyReports)
      .set({ figures: null, submittedAt: null, submittedBy: null, late: null, ledgerSeq: null })
      .where(and(eq(t.monthlyReports.id, id), eq(t.monthlyReports.submittedAt, submittedAt)))
      .returning();
    return row;
  },
};
