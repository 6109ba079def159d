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
  ): Promise<{ caseId: number; caseNumber: string; registeringUnitId: number }[]> {
    const { id: caseId, caseNumber, registeringUnitId } = t.cases;
    return q
      .select({ caseId, caseNumber, registeringUnitId })
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

  /**
   * Cases that these units registered and about which nobody has asked yet, the oldest first. The units are looked at here: asked for in the
   * query, they lead it through all cases that they ever registered.
   */
  async open({ q, t }: Tx, unitIds: readonly number[]): Promise<number[]> {
    const { drawnAt, checkedAt, caseId } = t.followUpChecks;
    const rows = await q
      .select({ caseId, unitId: t.cases.registeringUnitId })
      .from(t.followUpChecks)
      .innerJoin(t.cases, eq(t.cases.id, caseId))
      .where(isNull(checkedAt))
      .orderBy(asc(drawnAt), asc(caseId));
    const wanted = new Set(unitIds);
    return rows.filter(({ unitId }) => wanted.has(unitId)).map((row) => row.caseId);
  },

  async ofCase({ q, t }: Tx, caseId: number): Promise<FollowUpCheckRow | undefined> {
    return (await q.select().from(t.followUpChecks).where(eq(t.followUpChecks.caseId, caseId)))[0];
  },

  /** How many of what these units registered were done so far, by what they found. The units are looked at here, as in `open`. */
  async done({ q, t }: Tx, unitIds: readonly number[]): Promise<Map<string, number>> {
    const { result } = t.followUpChecks;
    const rows = await q
      .select({ result, unitId: t.cases.registeringUnitId, cases: count() })
      .from(t.followUpChecks)
      .innerJoin(t.cases, eq(t.cases.id, t.followUpChecks.caseId))
      .where(isNotNull(result))
      .groupBy(result, t.cases.registeringUnitId);
    const wanted = new Set(unitIds);
    const done = new Map<string, number>();
    for (const row of rows) {
      if (row.result !== null && wanted.has(row.unitId)) done.set(row.result, (done.get(row.result) ?? 0) + row.cases);
    }
    return done;
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
