/** Which cases a list has, newest first, each read from an index of the unit that registered them; and what its lines tell. */
import { and, asc, between, desc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { openStates, runningStates } from '../../src/domain/case.ts';
import type { Tables, Tx } from '../database.ts';
import { prepared } from '../prepared.ts';

/** By which moment of their lives cases are listed. */
export const caseMoments = ['registeredAt', 'acceptedAt', 'completedAt', 'followedUpAt', 'withdrawnAt'] as const;
export type CaseMoment = (typeof caseMoments)[number];

export interface ListedCase {
  readonly id: number;
  readonly at: number;
}

/**
 * What a line of a list tells of a case and of its applicant, and who may see it; of cases with `applicants`, `serviceItems`,
 * `itemVersions` and the holding unit as `units`. Joined, because the ten lines of a list mostly are of ten items: reading those one by one took
 * longer than all the rest of the list's rows.
 */
export function lineColumns(t: Tables) {
  const { id, applicantId, caseNumber, state, acceptBy, dueAt, handlerId } = t.cases;
  const { townId, registeringUnitId, keeperId, holderUnitId, registeredAt, otherErrandSealed } = t.cases;
  const { suspendedAt, suspendReason, followedUpAt } = t.cases;
  /** Who was chosen to make the return visit. */
  const visitor = sql<
    string | null
  >`(select name from agents where agents.id = ${t.cases.followUpAgentId} and agents.status = 'active')`;
  const { wrappedKey, nameSealed, phoneSealed, idNumberSealed, addressSealed, contactSealed } = t.applicants;
  return {
    ...{ id, applicantId, caseNumber, state, acceptBy, dueAt, handlerId },
    ...{ townId, registeringUnitId, keeperId, holderUnitId, registeredAt, otherErrandSealed },
    ...{ wrappedKey, nameSealed, phoneSealed, idNumberSealed, addressSealed, contactSealed },
    ...{ suspendedAt, suspendReason, followedUpAt, visitor },
    itemId: t.cases.itemId,
    itemName: t.serviceItems.subItem,
    departmentUnitId: t.itemVersions.departmentUnitId,
    holderUnit: t.units.center,
  };
}

/** Lines of cases by their ids, in any order. */
export function selectLines({ q, t }: Tx, ids: readonly number[]) {
  return q
    .select(lineColumns(t))
    .from(t.cases)
    .innerJoin(t.applicants, eq(t.applicants.id, t.cases.applicantId))
    .innerJoin(t.serviceItems, eq(t.serviceItems.id, t.cases.itemId))
    .innerJoin(t.itemVersions, eq(t.itemVersions.id, t.cases.itemVersionId))
    .innerJoin(t.units, eq(t.units.id, t.cases.holderUnitId))
    .where(inArray(t.cases.id, [...ids]));
}

export type CaseLine = Awaited<ReturnType<typeof selectLines>>[number];

interface Stretch {
  /** Milliseconds, both included. */
  readonly from: number;
  readonly to: number;
}

interface OfUnit {
  readonly unitId: number;
  /** Only those registered under these versions of items; all if absent. */
  readonly versionIds?: readonly number[] | undefined;
  readonly limit: number;
}

/** What units registered and is open now, past its promised day. */
export interface WantedOverdue {
  readonly unitIds: readonly number[];
  /** Only those registered under these versions of items; all if absent. */
  readonly versionIds?: readonly number[] | undefined;
  /** Milliseconds: the promised day ended before. */
  readonly before: number;
}

/** What lies in the hands of these units' people and is open now, past its promised day. */
export interface WantedInHands {
  readonly unitIds: readonly number[];
  /** Milliseconds: the promised day ended before. */
  readonly before: number;
}

/** As `overdueNow`. */
export function inHandsNow(t: Tables, { unitIds, before }: WantedInHands) {
  return and(lt(t.cases.dueAt, before), inArray(t.cases.holderUnitId, [...unitIds]), isNotNull(t.cases.handlerId));
}

/** Together with its states read from the index of promised days. */
export function overdueNow(t: Tables, { unitIds, versionIds, before }: WantedOverdue) {
  return and(
    lt(t.cases.dueAt, before),
    inArray(t.cases.registeringUnitId, [...unitIds]),
    versionIds && inArray(t.cases.itemVersionId, [...versionIds]),
  );
}

const byMoment = prepared(({ q, t }) => {
  const build = (moment: CaseMoment) =>
    q
      .select({ id: t.cases.id, at: sql<number>`${t.cases[moment]}`.mapWith(Number) })
      .from(t.cases)
      .where(
        and(
          eq(t.cases.registeringUnitId, sql.placeholder('unitId')),
          between(t.cases[moment], sql.placeholder('from'), sql.placeholder('to')),
        ),
      )
      .orderBy(desc(t.cases[moment]))
      .limit(sql.placeholder('limit'))
      .prepare();
  return Object.fromEntries(caseMoments.map((moment) => [moment, build(moment)])) as Record<
    CaseMoment,
    ReturnType<typeof build>
  >;
});

export const caseListReads = {
  /** Ids of cases of these units that were rated badly and wait for 整改, the oldest first; and how many there are. */
  async unrectified(
    { q, t }: Tx,
    { unitIds, limit }: { unitIds: readonly number[]; limit: number },
  ): Promise<{ total: number; ids: number[] }> {
    // A better rating archives a case at once.
    const waiting = and(inArray(t.cases.registeringUnitId, [...unitIds]), eq(t.cases.state, 'followedUp'));
    const rows = await q.select({ id: t.cases.id, at: t.cases.followedUpAt }).from(t.cases).where(waiting);
    const sorted = rows.sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || a.id - b.id);
    return { total: rows.length, ids: sorted.slice(0, limit).map(({ id }) => id) };
  },

  /** The lines of these cases, in the order of `ids`. */
  async lines(tx: Tx, ids: readonly number[]): Promise<CaseLine[]> {
    const byId = new Map((await selectLines(tx, ids)).map((line) => [line.id, line]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  },

  /** Cases of one unit that had the moment in the stretch. */
  async byMoment(tx: Tx, wanted: OfUnit & Stretch & { moment: CaseMoment }): Promise<ListedCase[]> {
    const { versionIds, moment, ...rest } = wanted;
    if (versionIds === undefined) return byMoment(tx)[moment].execute({ ...rest });
    const { q, t } = tx;
    return q
      .select({ id: t.cases.id, at: sql<number>`${t.cases[moment]}`.mapWith(Number) })
      .from(t.cases)
      .where(
        and(
          eq(t.cases.registeringUnitId, rest.unitId),
          between(t.cases[moment], rest.from, rest.to),
          inArray(t.cases.itemVersionId, [...versionIds]),
        ),
      )
      .orderBy(desc(t.cases[moment]))
      .limit(rest.limit);
  },

  /** Cases of one unit that are open now: state by state, because only so the index has the newest first. */
  async open({ q, t }: Tx, wanted: OfUnit): Promise<ListedCase[]> {
    const found: ListedCase[] = [];
    for (const state of openStates) {
      const rows = await q
        .select({ id: t.cases.id, at: t.cases.registeredAt })
        .from(t.cases)
        .where(
          and(
            eq(t.cases.registeringUnitId, wanted.unitId),
            eq(t.cases.state, state),
            wanted.versionIds && inArray(t.cases.itemVersionId, [...wanted.versionIds]),
          ),
        )
        .orderBy(desc(t.cases.id))
        .limit(wanted.limit);
      found.push(...rows);
    }
    return found;
  },

  /** The overdue cases themselves, the longest overdue first; state by state, because only so the index has them in this order. */
  async longestOverdue({ q, t }: Tx, { limit, ...wanted }: WantedOverdue & { limit: number }): Promise<number[]> {
    const found: { id: number; dueAt: number }[] = [];
    for (const state of runningStates) {
      const rows = await q
        .select({ id: t.cases.id, dueAt: sql<number>`${t.cases.dueAt}`.mapWith(Number) })
        .from(t.cases)
        .where(and(eq(t.cases.state, state), overdueNow(t, wanted)))
        .orderBy(asc(t.cases.dueAt), asc(t.cases.id))
        .limit(limit);
      found.push(...rows);
    }
    const sorted = found.sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
    return sorted.slice(0, limit).map(({ id }) => id);
  },

  /** Cases of one unit registered in the stretch that were open at its end. */
  async openAtEnd({ q, t }: Tx, wanted: OfUnit & Stretch): Promise<ListedCase[]> {
    const { completedAt, withdrawnAt, terminatedAt, registeredAt } = t.cases;
    return q
      .select({ id: t.cases.id, at: registeredAt })
      .from(t.cases)
      .where(
        and(
          eq(t.cases.registeringUnitId, wanted.unitId),
          between(registeredAt, wanted.from, wanted.to),
          or(isNull(completedAt), gt(completedAt, wanted.to)),
          or(isNull(withdrawnAt), gt(withdrawnAt, wanted.to)),
          or(isNull(terminatedAt), gt(terminatedAt, wanted.to)),
          wanted.versionIds && inArray(t.cases.itemVersionId, [...wanted.versionIds]),
        ),
      )
      .orderBy(desc(registeredAt))
      .limit(wanted.limit);
  },

  /** Cases of the units that were returned in the stretch, by their town's chain, taken back or not: each once, by its last return, the newest first. */
  async returned(
    { q, t }: Tx,
    wanted: Stretch & {
      townId: number;
      unitIds: readonly number[];
      versionIds?: readonly number[] | undefined;
      limit: number;
    },
  ): Promise<ListedCase[]> {
    const last = sql<number>`max(${t.ledgerEntries.at})`.mapWith(Number);
    return q
      .select({ id: t.cases.id, at: last })
      .from(t.ledgerEntries)
      .innerJoin(t.cases, eq(t.cases.id, t.ledgerEntries.caseId))
      .where(
        and(
          eq(t.ledgerEntries.townId, wanted.townId),
          // Written out, because the index holds only these entries.
          sql`${t.ledgerEntries.kind} = 'return'`,
          between(t.ledgerEntries.at, wanted.from, wanted.to),
          inArray(t.cases.registeringUnitId, [...wanted.unitIds]),
          wanted.versionIds && inArray(t.cases.itemVersionId, [...wanted.versionIds]),
        ),
      )
      .groupBy(t.cases.id)
      .orderBy(desc(last), desc(t.cases.id))
      .limit(wanted.limit);
  },
};
