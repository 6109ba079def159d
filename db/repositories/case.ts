import {
  aliasedTable,
  and,
  asc,
  between,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { broughtHomeStates, heldStates, openStates, runningStates } from '../../src/domain/case.ts';
import type { Tables, Tx } from '../database.ts';
import { prepared, preparedForRows } from '../prepared.ts';
import type { AgentRow } from './agent.ts';
import { type ApplicantRow, applicantWrites } from './applicant.ts';
import { type ItemRow, itemColumns } from './item.ts';

export type CaseRow = Tables['cases']['$inferSelect'];
/** So many are shown: somebody may register one errand after the other for one person. */
const LINKED_MAX = 5;
export type LinkedCase = Pick<CaseRow, 'id' | 'caseNumber' | 'townId' | 'registeringUnitId' | 'holderUnitId'> &
  Pick<ItemRow, 'departmentUnitId'>;

export type NewCase = Tables['cases']['$inferInsert'];

/** Cases that these units registered, from one moment to another (both included), of some items or of all; or what is open of them. */
export interface RegisteredScope {
  readonly unitIds: readonly number[];
  readonly from: number;
  readonly to: number;
  /** Only those registered under these versions of items. */
  readonly versionIds?: readonly number[] | undefined;
  /** Whenever registered, if it is open now. */
  readonly open?: boolean | undefined;
}

function selectForLedger({ q, t }: Tx, ids: readonly number[]) {
  const { id, caseNumber, externalNumber, state, itemVersionId, assistType, way, townId, residenceUnitId, outcome } =
    t.cases;
  const { registrarId, registeredAt, acceptedAt, dueAt, completedAt, deliveredAt, returnCount, rating } = t.cases;
  const { holderUnitId, handlerId, completedOnTime, remainingDays } = t.cases;
  const { remarksSealed, otherErrandSealed, otherDepartmentId, linkedCaseId } = t.cases;
  const { followUpAgentId, followedUpById } = t.cases;
  const { wrappedKey, nameSealed, phoneSealed, idNumberSealed, addressSealed, contactSealed } = t.applicants;
  return q
    .select({
      ...{ holderUnitId, handlerId, completedOnTime, remainingDays },
      ...{ id, caseNumber, externalNumber, state, itemVersionId, assistType, way, townId, residenceUnitId, outcome },
      ...{ registrarId, registeredAt, acceptedAt, dueAt, completedAt, deliveredAt, returnCount, rating },
      ...{ remarksSealed, otherErrandSealed, otherDepartmentId, linkedCaseId, followUpAgentId, followedUpById },
      ...{ wrappedKey, nameSealed, phoneSealed, idNumberSealed, addressSealed, contactSealed },
    })
    .from(t.cases)
    .innerJoin(t.applicants, eq(t.applicants.id, t.cases.applicantId))
    .where(inArray(id, [...ids]));
}

/** What the ledger tells of a case and of its applicant. */
export type CaseLedgerRow = Awaited<ReturnType<typeof selectForLedger>>[number];

const insertRows = preparedForRows<NewCase>()(({ q, t }, rows) => q.insert(t.cases).values(rows).returning().prepare());

/** Where a case was registered stays as it is: its applicant has copies of it. */
export type CaseColumns = Omit<
  NewCase,
  'id' | 'version' | 'applicantId' | 'townId' | 'registeringUnitId' | 'registrarId'
>;

/** `version` is the one the change was decided on. */
type CaseChange = Partial<CaseColumns> & { readonly id: number; readonly version: number };

const updateRow = preparedForRows<CaseChange>()(({ q, t }, [{ id, version, ...set }]) =>
  q
    .update(t.cases)
    .set({ ...set, version: sql`${t.cases.version} + 1` })
    .where(and(eq(t.cases.id, id), eq(t.cases.version, version)))
    .returning()
    .prepare(),
);

/** A case with the rows its rules and its card look at; the handler's name alone, because nothing else is told. */
const selectWithParties = prepared((tx) => casesWithParties(tx).prepare());
const takeWithParties = prepared((tx) => tx.forUpdate(casesWithParties(tx), { of: tx.t.cases }).prepare());

function casesWithParties({ q, t }: Tx) {
  const handlers = aliasedTable(t.agents, 'handlers');
  const keepers = aliasedTable(t.agents, 'keepers');
  const visitors = aliasedTable(t.agents, 'visitors');
  return q
    .select({
      record: t.cases,
      item: itemColumns(t),
      registrar: t.agents,
      keeper: keepers,
      applicant: t.applicants,
      handlerName: handlers.name,
      followUpAgent: visitors,
    })
    .from(t.cases)
    .innerJoin(t.serviceItems, eq(t.serviceItems.id, t.cases.itemId))
    .innerJoin(t.itemVersions, eq(t.itemVersions.id, t.cases.itemVersionId))
    .innerJoin(t.agents, eq(t.agents.id, t.cases.registrarId))
    .innerJoin(keepers, eq(keepers.id, t.cases.keeperId))
    .innerJoin(t.applicants, eq(t.applicants.id, t.cases.applicantId))
    .leftJoin(handlers, eq(handlers.id, t.cases.handlerId))
    .leftJoin(visitors, eq(visitors.id, t.cases.followUpAgentId))
    .where(eq(t.cases.id, sql.placeholder('id')));
}

export interface CaseWithParties {
  readonly record: CaseRow;
  readonly item: ItemRow;
  readonly registrar: AgentRow;
  /** Who of the registering unit looks after it. */
  readonly keeper: AgentRow;
  readonly applicant: ApplicantRow;
  readonly handlerName: string | null;
  /** Who was chosen to make the return visit. */
  readonly followUpAgent: AgentRow | null;
}

const selectHeld = prepared(({ q, t }) =>
  q
    .select({ id: t.cases.id, acceptBy: t.cases.acceptBy, dueAt: t.cases.dueAt })
    .from(t.cases)
    .where(and(eq(t.cases.holderUnitId, sql.placeholder('unitId')), eq(t.cases.state, sql.placeholder('state'))))
    .orderBy(asc(pressingAt(t)), asc(t.cases.id))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

const selectRegistered = prepared(({ q, t }) =>
  q
    .select({ id: t.cases.id })
    .from(t.cases)
    .where(and(eq(t.cases.registeringUnitId, sql.placeholder('unitId')), eq(t.cases.state, sql.placeholder('state'))))
    .orderBy(asc(t.cases.id))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

const selectElsewhere = prepared(({ q, t }) =>
  q
    .select({ id: t.cases.id })
    .from(t.cases)
    .where(
      and(
        eq(t.cases.registeringUnitId, sql.placeholder('unitId')),
        eq(t.cases.state, sql.placeholder('state')),
        eq(t.cases.keeperId, sql.placeholder('agentId')),
        ne(t.cases.holderUnitId, sql.placeholder('unitId')),
      ),
    )
    .orderBy(asc(t.cases.id))
    .prepare(),
);

export const caseReads = {
  async byId({ q, t }: Tx, id: number): Promise<CaseRow | undefined> {
    return (await q.select().from(t.cases).where(eq(t.cases.id, id)))[0];
  },

  async byNumber({ q, t }: Tx, caseNumber: string): Promise<CaseRow | undefined> {
    return (await q.select().from(t.cases).where(eq(t.cases.caseNumber, caseNumber)))[0];
  },

  /** The case with the people and the item it names. */
  async withParties(tx: Tx, id: number): Promise<CaseWithParties | undefined> {
    return (await selectWithParties(tx).execute({ id }))[0];
  },

  /** The case that a case is linked to and those linked to it, the newest of them; with what decides who may see each. */
  async linked({ q, t }: Tx, record: Pick<CaseRow, 'id' | 'linkedCaseId'>): Promise<LinkedCase[]> {
    const { id, caseNumber, townId, registeringUnitId, holderUnitId, linkedCaseId } = t.cases;
    const isLinked = eq(linkedCaseId, record.id);
    return q
      .select({
        ...{ id, caseNumber, townId, registeringUnitId, holderUnitId },
        departmentUnitId: t.itemVersions.departmentUnitId,
      })
      .from(t.cases)
      .innerJoin(t.itemVersions, eq(t.itemVersions.id, t.cases.itemVersionId))
      .where(record.linkedCaseId === null ? isLinked : or(eq(id, record.linkedCaseId), isLinked))
      .orderBy(desc(id))
      .limit(LINKED_MAX);
  },

  /**
   * Ids of what waits for somebody of this unit: what it holds and has not completed, by its pressing day; then what was
   * returned to it, and what is completed or delivered and not yet brought home, the oldest first. Each part comes from an index
   * in its order, so a unit with thousands of them waits no longer.
   */
  async waitingFor(tx: Tx, wanted: { unitId: number; limit: number }): Promise<number[]> {
    const { unitId, limit } = wanted;
    const held = [];
    for (const state of heldStates) held.push(...(await selectHeld(tx).execute({ unitId, state, limit })));
    held.sort((a, b) => pressingDay(a) - pressingDay(b) || a.id - b.id);
    const rows: { id: number }[] = held.slice(0, limit);
    for (const state of broughtHomeStates) {
      if (rows.length === limit) break;
      rows.push(...(await selectRegistered(tx).execute({ unitId, state, limit: limit - rows.length })));
    }
    return rows.map(({ id }) => id);
  },

  async countWaitingFor({ q, t }: Tx, unitId: number): Promise<number> {
    const held = and(eq(t.cases.holderUnitId, unitId), inArray(t.cases.state, heldStates));
    const registered = and(eq(t.cases.registeringUnitId, unitId), inArray(t.cases.state, broughtHomeStates));
    return (await q.$count(t.cases, held)) + (await q.$count(t.cases, registered));
  },

  /** Ids of what an agent looks after for a unit and another unit has to deal with now, oldest first. */
  async waitingElsewhere(tx: Tx, { agentId, unitId }: { agentId: number; unitId: number }): Promise<number[]> {
    const ids: number[] = [];
    for (const state of heldStates) {
      ids.push(...(await selectElsewhere(tx).execute({ agentId, unitId, state })).map(({ id }) => id));
    }
    return ids.sort((a, b) => a - b);
  },

  /**
   * What waits for an agent of a unit: what they look after there and have not brought home, and what they handle there and have
   * not completed. Oldest first.
   */
  async inHandsOf({ q, t }: Tx, { agentId, unitId }: { agentId: number; unitId: number }): Promise<number[]> {
    const states = [...openStates, ...broughtHomeStates];
    const registered = and(eq(t.cases.registeringUnitId, unitId), inArray(t.cases.state, states));
    const handled = and(eq(t.cases.holderUnitId, unitId), inArray(t.cases.state, ['accepted', 'suspended']));
    const rows = [
      ...(await q
        .select({ id: t.cases.id })
        .from(t.cases)
        .where(and(registered, eq(t.cases.keeperId, agentId)))),
      ...(await q
        .select({ id: t.cases.id })
        .from(t.cases)
        .where(and(handled, eq(t.cases.handlerId, agentId)))),
    ];
    return [...new Set(rows.map(({ id }) => id))].sort((a, b) => a - b);
  },

  /** Open cases this unit registered or holds, for the figures of /我. */
  async countOpen({ q, t }: Tx, unitId: number): Promise<number> {
    const [row] = await q
      .select({ n: sql<number>`count(*)`.mapWith(Number) })
      .from(t.cases)
      .where(
        and(
          inArray(t.cases.state, openStates),
          or(eq(t.cases.registeringUnitId, unitId), eq(t.cases.holderUnitId, unitId)),
        ),
      );
    return row?.n ?? 0;
  },

  /** How many cases of a scope there are. */
  async countRegistered({ q, t }: Tx, scope: RegisteredScope): Promise<number> {
    const [row] = await q
      .select({ n: sql<number>`count(*)`.mapWith(Number) })
      .from(t.cases)
      .where(registeredIn(t, scope));
    return row?.n ?? 0;
  },

  /** The cases of a scope, without their content. */
  async registered({ q, t }: Tx, scope: RegisteredScope): Promise<{ id: number; registeredAt: number }[]> {
    return q.select({ id: t.cases.id, registeredAt: t.cases.registeredAt }).from(t.cases).where(registeredIn(t, scope));
  },

  /** What the ledger shows of the cases of these ids and of their applicants, in any order. */
  async withApplicants(tx: Tx, ids: readonly number[]): Promise<CaseLedgerRow[]> {
    return selectForLedger(tx, ids);
  },

  /** Cases with their applicants in the order of their ids, after the given one or from the beginning; null for an applicant who is not there. */
  async pageWithApplicants(
    { q, t }: Tx,
    wanted: { afterId: number | undefined; limit: number },
  ): Promise<{ record: CaseRow; applicant: ApplicantRow | null }[]> {
    return q
      .select({ record: t.cases, applicant: t.applicants })
      .from(t.cases)
      .leftJoin(t.applicants, eq(t.applicants.id, t.cases.applicantId))
      .where(wanted.afterId === undefined ? undefined : gt(t.cases.id, wanted.afterId))
      .orderBy(asc(t.cases.id))
      .limit(wanted.limit);
  },

  /** Cases that a unit registered, oldest first, after the given one. */
  async registeredAt(
    { q, t }: Tx,
    wanted: { unitId: number; after: Pick<CaseRow, 'registeredAt' | 'id'>; limit: number },
  ): Promise<CaseRow[]> {
    const { registeringUnitId, registeredAt, id } = t.cases;
    const { after } = wanted;
    return q
      .select()
      .from(t.cases)
      .where(
        and(
          eq(registeringUnitId, wanted.unitId),
          gte(registeredAt, after.registeredAt),
          or(gt(registeredAt, after.registeredAt), gt(id, after.id)),
        ),
      )
      .orderBy(asc(registeredAt), asc(id))
      .limit(wanted.limit);
  },
};

export const caseWrites = {
  async insert(tx: Tx, record: NewCase): Promise<CaseRow> {
    const { query, values } = insertRows(tx, [record]);
    const [row] = await query.execute(values);
    if (!row) throw new Error('insert into cases returned no row');
    return row;
  },

  /** As `withParties`; until the transaction ends nobody else changes the case. */
  async take(tx: Tx, id: number): Promise<CaseWithParties | undefined> {
    return (await takeWithParties(tx).execute({ id }))[0];
  },

  /** Takes what was typed out of the row, which was taken in this transaction, and the 一窗受理号 if it is given. */
  async forget({ q, t }: Tx, change: { id: number; externalNumber?: null }): Promise<void> {
    const { id, ...set } = change;
    await q
      .update(t.cases)
      .set({ ...set, remarksSealed: null, otherErrandSealed: null })
      .where(eq(t.cases.id, id));
  },

  /** Changes the case only if nobody has changed it since it was read; undefined otherwise. */
  async update(
    tx: Tx,
    change: { id: number; version: number; set: Partial<CaseColumns> },
  ): Promise<CaseRow | undefined> {
    const { id, version, set } = change;
    const { query, values } = updateRow(tx, [{ ...set, id, version }]);
    const [row] = await query.execute(values);
    if (row && set.holderUnitId !== undefined) await applicantWrites.setHolder(tx, row);
    return row;
  },

  /**
   * Notes of each case that is held and past its promised day (`before`, ms) that it is, unless that was noted before. No step: the
   * version stays. Returns the ids.
   */
  async noteMissedDays({ q, t }: Tx, before: number): Promise<number[]> {
    const { id, state, dueAt, missedDueAt } = t.cases;
    const noted = or(isNull(missedDueAt), ne(missedDueAt, dueAt));
    const rows = await q
      .update(t.cases)
      .set({ missedDueAt: sql`${dueAt}`, overdueRung: 0 })
      .where(and(inArray(state, runningStates), lt(dueAt, before), noted))
      .returning({ id });
    return rows.map((row) => row.id);
  },
};

/** The acceptance day while a case waits for acceptance, the promised day afterwards. An index keeps the cases in this order. */
function pressingAt(t: Tx['t']): SQL {
  return sql`case when ${t.cases.acceptBy} is null then ${t.cases.dueAt} else ${t.cases.acceptBy} end`;
}

/** The same of a row; what is suspended has neither, and presses last. */
function pressingDay({ acceptBy, dueAt }: Pick<CaseRow, 'acceptBy' | 'dueAt'>): number {
  return acceptBy ?? dueAt ?? Number.MAX_SAFE_INTEGER;
}

function registeredIn(t: Tx['t'], scope: RegisteredScope): SQL | undefined {
  return and(
    inArray(t.cases.registeringUnitId, [...scope.unitIds]),
    // Not also by the time of registration: the index of what is open has none, and that of registrations holds every case.
    scope.open ? inArray(t.cases.state, openStates) : between(t.cases.registeredAt, scope.from, scope.to),
    scope.versionIds && inArray(t.cases.itemVersionId, [...scope.versionIds]),
  );
}
