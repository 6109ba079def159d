/** 抽查回访: which good ratings were drawn, and what was found. */
import { and, asc, between, count, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { goodRatings } from '../../src/domain/sample.ts';
import type { Tables, Tx } from '../database.ts';

export type FollowUpCheckRow = Tables['followUpChecks']['$inferSelect'];

export const followUpCheckReads = {
  /** Cases of these units that were rated well in the stretch (ms, both included) and were not drawn. */
  async undrawn(
    { q, t }: Tx,
    wanted: { unitIds: readonly number[]; from: number; to: number },
  ): Promise<{ caseId: number; caseNumber: string }[]> {
    return q
      .select({ caseId: t.cases.id, caseNumber: t.cases.caseNumber })
      .from(t.cases)
      .leftJoin(t.followUpChecks, eq(t.followUpChecks.caseId, t.cases.id))
      .where(
        and(
          inArray(t.cases.registeringUnitId, [...wanted.unitIds]),
          between(t.cases.followedUpAt, wanted.from, wanted.to),
          inArray(t.cases.rating, [...goodRatings]),
          isNull(t.followUpChecks.caseId),
        ),
      );
  },

  /** What nobody has asked about yet, the oldest first, with who registered it. */
  async open({ q, t }: Tx): Promise<{ caseId: number; registeringUnitId: number }[]> {
    const { drawnAt, checkedAt, caseId } = t.followUpChecks;
    return q
      .select({ caseId, registeringUnitId: t.cases.registeringUnitId })
      .from(t.followUpChecks)
      .innerJoin(t.cases, eq(t.cases.id, caseId))
      .where(isNull(checkedAt))
      .orderBy(asc(drawnAt), asc(caseId));
  },

  async ofCase({ q, t }: Tx, caseId: number): Promise<FollowUpCheckRow | undefined> {
    return (await q.select().from(t.followUpChecks).where(eq(t.followUpChecks.caseId, caseId)))[0];
  },

  /** How many were done so far, by what they found. */
  async done({ q, t }: Tx): Promise<Map<string, number>> {
    const { result } = t.followUpChecks;
    const rows = await q
      .select({ result, cases: count() })
      .from(t.followUpChecks)
      .where(isNotNull(result))
      .groupBy(result);
    return new Map(rows.map((row) => [row.result ?? '', row.cases]));
  },

  async all({ q, t }: Tx): Promise<FollowUpCheckRow[]> {
    return q.select().from(t.followUpChecks);
  },
};

export const followUpCheckWrites = {
  async draw({ q, t }: Tx, drawn: { caseIds: readonly number[]; at: number }): Promise<void> {
    const rows = drawn.caseIds.map((caseId) => ({ caseId, drawnAt: drawn.at }));
    await q.insert(t.followUpChecks).values(rows).onConflictDoNothing();
  },

  /** false when somebody was faster. */
  async record(
    { q, t }: Tx,
    found: Required<Pick<FollowUpCheckRow, 'caseId' | 'result' | 'checkedAt' | 'checkedById'>>,
  ): Promise<boolean> {
    const { caseId, ...set } = found;
    const open = and(eq(t.followUpChecks.caseId, caseId), isNull(t.followUpChecks.checkedAt));
    return (await q.update(t.followUpChecks).set(set).where(open).returning()).length > 0;
  },
};
