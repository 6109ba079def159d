import { and, asc, eq, gte, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';
import { prepared, preparedForList } from '../prepared.ts';
import type { AgentRow } from './agent.ts';
import type { UnitRow } from './unit.ts';

export type StandInRow = Tables['standIns']['$inferSelect'];
export type NewStandIn = Tables['standIns']['$inferInsert'];

/** Whom somebody stands in for now: still on the staff, with the present unit. */
export interface StoodInFor {
  readonly standIn: StandInRow;
  readonly agent: AgentRow;
  readonly unit: UnitRow;
}

/** Once for each colleague whom somebody stands in for today. */
function withStandIns({ q, t }: Tx) {
  const { standInId, fromDay, toDay, endedAt, id } = t.standIns;
  const today = sql.placeholder('today');
  const theirs = and(eq(standInId, t.agents.id), gte(toDay, today), lte(fromDay, today), isNull(endedAt));
  return q
    .select({ agent: t.agents, unit: t.units, standInRow: id })
    .from(t.agents)
    .innerJoin(t.units, eq(t.units.id, t.agents.unitId))
    .leftJoin(t.standIns, theirs);
}

const selectByOpenId = prepared((tx) =>
  withStandIns(tx)
    .where(eq(tx.t.agents.openId, sql.placeholder('openId')))
    .prepare(),
);

const selectByIds = preparedForList((tx, ids) => withStandIns(tx).where(inArray(tx.t.agents.id, ids)).prepare());

/** Somebody on the staff or applying, with the unit; `standsIn`: for somebody today. */
export interface PerhapsStandingIn {
  readonly agent: AgentRow;
  readonly unit: UnitRow;
  readonly standsIn: boolean;
}

export const standInReads = {
  /** One statement: every delivery begins with it. @param of.today YYYY-MM-DD */
  async personByOpenId(tx: Tx, of: { openId: string; today: string }): Promise<PerhapsStandingIn | undefined> {
    const [first] = await selectByOpenId(tx).execute(of);
    return first && { agent: first.agent, unit: first.unit, standsIn: first.standInRow !== null };
  },

  /** Those of the people who exist, in no order. */
  async peopleByIds(tx: Tx, of: { ids: readonly number[]; today: string }): Promise<PerhapsStandingIn[]> {
    const rows = await selectByIds(tx, of.ids, { today: of.today });
    const people = rows.map(({ agent, unit, standInRow }) => ({ agent, unit, standsIn: standInRow !== null }));
    return [...new Map(people.map((one) => [one.agent.id, one])).values()];
  },

  /** Whom these people stand in for today, oldest first. */
  async ofStandIns({ q, t }: Tx, of: { agentIds: readonly number[]; today: string }): Promise<StoodInFor[]> {
    if (of.agentIds.length === 0) return [];
    return q
      .select({ standIn: t.standIns, agent: t.agents, unit: t.units })
      .from(t.standIns)
      .innerJoin(t.agents, and(eq(t.agents.id, t.standIns.absentId), eq(t.agents.status, 'active')))
      .innerJoin(t.units, eq(t.units.id, t.agents.unitId))
      .where(and(inArray(t.standIns.standInId, [...of.agentIds]), runs(t, of.today)))
      .orderBy(asc(t.standIns.id));
  },

  /** Who stands in today for whom of these people, and up to which day. */
  async ofAbsent(
    { q, t }: Tx,
    of: { agentIds: readonly number[]; today: string },
  ): Promise<{ absentId: number; toDay: string; agent: AgentRow }[]> {
    if (of.agentIds.length === 0) return [];
    return q
      .select({ absentId: t.standIns.absentId, toDay: t.standIns.toDay, agent: t.agents })
      .from(t.standIns)
      .innerJoin(t.agents, and(eq(t.agents.id, t.standIns.standInId), eq(t.agents.status, 'active')))
      .where(and(inArray(t.standIns.absentId, [...of.agentIds]), runs(t, of.today)))
      .orderBy(asc(t.standIns.id));
  },

  /** Everybody who stands in today, with the id of whom they stand in for. */
  async running({ q, t }: Tx, today: string): Promise<{ absentId: number; agent: AgentRow }[]> {
    return q
      .select({ absentId: t.standIns.absentId, agent: t.agents })
      .from(t.standIns)
      .innerJoin(t.agents, and(eq(t.agents.id, t.standIns.standInId), eq(t.agents.status, 'active')))
      .where(runs(t, today));
  },

  /** All that go on or are to come, of one of these people on either side, by their first days. */
  async openOf({ q, t }: Tx, of: { agentIds: readonly number[]; today: string }): Promise<StandInRow[]> {
    if (of.agentIds.length === 0) return [];
    const { absentId, standInId, fromDay, toDay, endedAt, id } = t.standIns;
    const theirs = or(inArray(absentId, [...of.agentIds]), inArray(standInId, [...of.agentIds]));
    return q
      .select()
      .from(t.standIns)
      .where(and(theirs, gte(toDay, of.today), isNull(endedAt)))
      .orderBy(asc(fromDay), asc(id));
  },

  /** All there ever were. */
  async all({ q, t }: Tx): Promise<StandInRow[]> {
    return q.select().from(t.standIns).orderBy(asc(t.standIns.id));
  },
};

export const standInWrites = {
  async insert({ q, t }: Tx, standIn: NewStandIn): Promise<StandInRow> {
    const [row] = await q.insert(t.standIns).values(standIn).returning();
    if (!row) throw new Error('insert into stand_ins returned no row');
    return row;
  },

  /** One that nobody else changes until the transaction ends. */
  async take({ q, t, forUpdate }: Tx, id: number): Promise<StandInRow | undefined> {
    return (await forUpdate(q.select().from(t.standIns).where(eq(t.standIns.id, id))))[0];
  },

  async end({ q, t }: Tx, change: { id: number; endedAt: number }): Promise<void> {
    await q.update(t.standIns).set({ endedAt: change.endedAt }).where(eq(t.standIns.id, change.id));
  },
};

function runs({ standIns }: Tables, today: string) {
  return and(gte(standIns.toDay, today), lte(standIns.fromDay, today), isNull(standIns.endedAt));
}
