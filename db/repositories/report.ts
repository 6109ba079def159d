import { and, asc, between, desc, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { AssistType } from '../../src/domain/case.ts';
import type { ReportTextName } from '../../src/domain/report.ts';
import type { Tables, Tx } from '../database.ts';

export type ReportRow = Tables['monthlyReports']['$inferSelect'];
export type ReportVersionRow = Tables['reportVersions']['$inferSelect'];
export type ReportTextRow = Tables['reportTexts']['$inferSelect'];

/** How a version ended. */
type Ending = Pick<ReportVersionRow, 'ending' | 'endedAt' | 'endedBy'> & { readonly reasonSealed?: string };

interface Stretch {
  readonly unitIds: readonly number[];
  /** Only those registered under these versions of items; all if absent. */
  readonly versionIds?: readonly number[] | undefined;
  /** Milliseconds, both included. */
  readonly from: number;
  readonly to: number;
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

  async ofTown({ q, t }: Tx, { townId, month }: { townId: number; month: string }): Promise<ReportRow | undefined> {
    const [row] = await q
      .select()
      .from(t.monthlyReports)
      .where(and(eq(t.monthlyReports.townId, townId), eq(t.monthlyReports.month, month)));
    return row;
  },

  async texts({ q, t }: Tx, reportId: number): Promise<ReportTextRow[]> {
    return q.select().from(t.reportTexts).where(eq(t.reportTexts.reportId, reportId));
  },

  /** Of all the months of a town. */
  async textsOfTown({ q, t }: Tx, townId: number): Promise<ReportTextRow[]> {
    const { reportTexts, monthlyReports } = t;
    const rows = await q
      .select({ text: reportTexts })
      .from(reportTexts)
      .innerJoin(monthlyReports, eq(monthlyReports.id, reportTexts.reportId))
      .where(eq(monthlyReports.townId, townId));
    return rows.map(({ text }) => text);
  },

  /** Every version that was ever submitted, the newest first. */
  async versions({ q, t }: Tx, reportId: number): Promise<ReportVersionRow[]> {
    return q
      .select()
      .from(t.reportVersions)
      .where(eq(t.reportVersions.reportId, reportId))
      .orderBy(desc(t.reportVersions.number));
  },

  /** The versions of several reports, in no order. */
  async versionsOf({ q, t }: Tx, reportIds: readonly number[]): Promise<ReportVersionRow[]> {
    return q
      .select()
      .from(t.reportVersions)
      .where(inArray(t.reportVersions.reportId, [...reportIds]));
  },

  async allVersions({ q, t }: Tx): Promise<ReportVersionRow[]> {
    return q.select().from(t.reportVersions).orderBy(asc(t.reportVersions.reportId), asc(t.reportVersions.number));
  },

  /** Cases of the units that were rated 不满意 or worse in the stretch. */
  async badlyRated({ q, t }: Tx, { unitIds, versionIds, from, to }: Stretch) {
    return q
      .select({
        id: t.cases.id,
        at: sql<number>`${t.cases.followedUpAt}`.mapWith(Number),
        rectifiedAt: t.cases.rectifiedAt,
      })
      .from(t.cases)
      .where(
        and(
          inArray(t.cases.registeringUnitId, [...unitIds]),
          between(t.cases.followedUpAt, from, to),
          lt(t.cases.rating, RATED_WELL_MIN),
          versionIds && inArray(t.cases.itemVersionId, [...versionIds]),
        ),
      );
  },

  /** Cases of the units that ended otherwise in the stretch: 不予办理, 终止. */
  async ended({ q, t }: Tx, { unitIds, versionIds, from, to, as }: Stretch & { as: 'refused' | 'terminated' }) {
    const { cases } = t;
    const at = as === 'refused' ? cases.completedAt : cases.terminatedAt;
    return q
      .select({ id: cases.id, at: sql<number>`${at}`.mapWith(Number) })
      .from(cases)
      .where(
        and(
          inArray(cases.registeringUnitId, [...unitIds]),
          between(at, from, to),
          as === 'refused' ? eq(cases.outcome, 'refused') : eq(cases.state, 'terminated'),
          versionIds && inArray(cases.itemVersionId, [...versionIds]),
        ),
      );
  },

  /** Those of the cases that were registered as this type. */
  async ofType(
    { q, t }: Tx,
    { ids, assistType }: { ids: readonly number[]; assistType: AssistType },
  ): Promise<number[]> {
    const rows = await q
      .select({ id: t.cases.id })
      .from(t.cases)
      .where(and(inArray(t.cases.id, [...ids]), eq(t.cases.assistType, assistType)));
    return rows.map(({ id }) => id);
  },
};

/** 不满意 is 2; see `needsRectification` in `src/domain/case.ts`. */
const RATED_WELL_MIN = 3;

export const reportWrites = {
  /** Notes of these reports that their last day has passed without them. */
  async noteOverdue({ q, t }: Tx, ids: readonly number[]): Promise<void> {
    await q
      .update(t.monthlyReports)
      .set({ overdue: true })
      .where(inArray(t.monthlyReports.id, [...ids]));
  },

  async noteUrged({ q, t }: Tx, { ids, at }: { ids: readonly number[]; at: number }): Promise<void> {
    await q
      .update(t.monthlyReports)
      .set({ urgedAt: at })
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

  /** Keeps a text as it was typed; in a transaction that holds the report's row. */
  async saveText({ q, t }: Tx, text: Omit<ReportTextRow, 'id'> & { readonly name: ReportTextName }): Promise<void> {
    const { reportId: _, name: __, ...set } = text;
    await q
      .insert(t.reportTexts)
      .values(text)
      .onConflictDoUpdate({ target: [t.reportTexts.reportId, t.reportTexts.name], set });
  },

  /** Adds a version, in a transaction that holds the report's row. */
  async addVersion({ q, t }: Tx, version: Tables['reportVersions']['$inferInsert']): Promise<void> {
    await q.insert(t.reportVersions).values(version);
  },

  /** Notes how a version ended; nothing where it had ended before. */
  async endVersion(
    { q, t }: Tx,
    { reportId, number, ...ending }: Pick<ReportVersionRow, 'reportId' | 'number'> & Ending,
  ): Promise<void> {
    await q
      .update(t.reportVersions)
      .set(ending)
      .where(
        and(
          eq(t.reportVersions.reportId, reportId),
          eq(t.reportVersions.number, number),
          isNull(t.reportVersions.ending),
        ),
      );
  },

  /** Which version stands, and since when it is reported; nulls: it is open. In a transaction that holds the row. */
  async stand(
    { q, t }: Tx,
    { id, ...set }: Pick<ReportRow, 'id' | 'version' | 'submittedAt' | 'submittedBy' | 'late'>,
  ): Promise<ReportRow> {
    const [row] = await q.update(t.monthlyReports).set(set).where(eq(t.monthlyReports.id, id)).returning();
    if (!row) throw new Error(`monthly report ${id} is gone while it was held`);
    return row;
  },
};
