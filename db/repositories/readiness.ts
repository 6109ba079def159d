import { and, asc, desc, eq, inArray, lte, max } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type CheckListRow = Tables['readinessLists']['$inferSelect'];
export type NewCheckList = Tables['readinessLists']['$inferInsert'];
export type AnswerRow = Tables['readinessAnswers']['$inferSelect'];
export type NewAnswer = Tables['readinessAnswers']['$inferInsert'];

export const readinessReads = {
  async lists({ q, t }: Tx): Promise<CheckListRow[]> {
    return q.select().from(t.readinessLists).orderBy(asc(t.readinessLists.id));
  },

  /** What stood at these units at the end of a day: of each check the newest answer. */
  async standing({ q, t }: Tx, asked: { unitIds: readonly number[]; day: string }): Promise<AnswerRow[]> {
    const { readinessAnswers } = t;
    const newest = q
      .select({ id: max(readinessAnswers.id) })
      .from(readinessAnswers)
      .where(and(inArray(readinessAnswers.unitId, [...asked.unitIds]), lte(readinessAnswers.day, asked.day)))
      .groupBy(readinessAnswers.unitId, readinessAnswers.check);
    return q.select().from(readinessAnswers).where(inArray(readinessAnswers.id, newest));
  },

  /** All that was ever found of a check at a unit, the newest first. */
  async history({ q, t }: Tx, of: { unitId: number; check: string; limit: number }): Promise<AnswerRow[]> {
    const { readinessAnswers } = t;
    const ofBoth = and(eq(readinessAnswers.unitId, of.unitId), eq(readinessAnswers.check, of.check));
    return q.select().from(readinessAnswers).where(ofBoth).orderBy(desc(readinessAnswers.number)).limit(of.limit);
  },

  /** Everything that was ever found, for the check of the ledger. */
  async allAnswers({ q, t }: Tx): Promise<AnswerRow[]> {
    return q.select().from(t.readinessAnswers).orderBy(asc(t.readinessAnswers.id));
  },
};

export const readinessWrites = {
  async insertList({ q, t }: Tx, list: NewCheckList): Promise<CheckListRow> {
    const [row] = await q.insert(t.readinessLists).values(list).returning();
    if (!row) throw new Error('insert into readiness_lists returned no row');
    return row;
  },

  /** undefined when somebody else has written the answer of that number. */
  async addAnswer({ q, t }: Tx, answer: NewAnswer): Promise<AnswerRow | undefined> {
    const { unitId, check, number } = t.readinessAnswers;
    const [row] = await q
      .insert(t.readinessAnswers)
      .values(answer)
      .onConflictDoNothing({ target: [unitId, check, number] })
      .returning();
    return row;
  },
};
