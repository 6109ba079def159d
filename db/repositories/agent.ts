import { and, asc, eq, inArray } from 'drizzle-orm';
import type { AgentRole } from '../../src/domain/agent.ts';
import type { Tables, Tx } from '../database.ts';
import { preparedForList } from '../prepared.ts';
import type { UnitRow } from './unit.ts';

export type AgentRow = Tables['agents']['$inferSelect'];
export type NewAgent = Tables['agents']['$inferInsert'];

/** Somebody on the staff or applying, with the unit. */
export interface AgentOfUnit {
  readonly agent: AgentRow;
  readonly unit: UnitRow;
}

export const agentReads = {
  async byId({ q, t }: Tx, id: number): Promise<AgentRow | undefined> {
    return (await q.select().from(t.agents).where(eq(t.agents.id, id)))[0];
  },

  async byOpenId({ q, t }: Tx, openId: string): Promise<AgentRow | undefined> {
    return (await q.select().from(t.agents).where(eq(t.agents.openId, openId)))[0];
  },

  /** Those of the people who exist, with their units, in no order. */
  byIdsWithUnit: preparedForList(({ q, t }, ids) =>
    q
      .select({ agent: t.agents, unit: t.units })
      .from(t.agents)
      .innerJoin(t.units, eq(t.units.id, t.agents.unitId))
      .where(inArray(t.agents.id, ids))
      .prepare(),
  ),

  /** All staff there ever were. */
  async all({ q, t }: Tx): Promise<AgentRow[]> {
    return q.select().from(t.agents).orderBy(asc(t.agents.id));
  },

  /** Those of the people who exist, in no order. */
  byIds: preparedForList(({ q, t }, ids) => q.select().from(t.agents).where(inArray(t.agents.id, ids)).prepare()),

  /** Everybody who works here, with their units. */
  async activeWithUnit({ q, t }: Tx): Promise<AgentOfUnit[]> {
    return q
      .select({ agent: t.agents, unit: t.units })
      .from(t.agents)
      .innerJoin(t.units, eq(t.units.id, t.agents.unitId))
      .where(eq(t.agents.status, 'active'))
      .orderBy(asc(t.agents.id));
  },

  async activeOfUnit({ q, t }: Tx, unitId: number): Promise<AgentRow[]> {
    return q
      .select()
      .from(t.agents)
      .where(and(eq(t.agents.unitId, unitId), eq(t.agents.status, 'active')))
      .orderBy(asc(t.agents.id));
  },

  /** Active staff with one of the roles in one of the units. */
  async activeWithRole(
    { q, t }: Tx,
    wanted: { unitIds: readonly number[]; roles: readonly AgentRole[] },
  ): Promise<AgentRow[]> {
    return q
      .select()
      .from(t.agents)
      .where(
        and(
          inArray(t.agents.unitId, [...wanted.unitIds]),
          inArray(t.agents.role, [...wanted.roles]),
          eq(t.agents.status, 'active'),
        ),
      )
      .orderBy(asc(t.agents.id));
  },

  async activeAdmins({ q, t }: Tx): Promise<AgentRow[]> {
    const active = and(eq(t.agents.role, 'admin'), eq(t.agents.status, 'active'));
    return q.select().from(t.agents).where(active).orderBy(asc(t.agents.id));
  },
};

export const agentWrites = {
  async insert(tx: Tx, agent: NewAgent): Promise<AgentRow> {
    const { q, t } = tx;
    const [row] = await q.insert(t.agents).values(agent).returning();
    if (!row) throw new Error('insert into agents returned no row');
    return row;
  },

  /** Somebody on the staff or applying, whom nobody else changes until the transaction ends. */
  async take(tx: Tx, id: number): Promise<AgentRow | undefined> {
    const { q, t, forUpdate } = tx;
    return (await forUpdate(q.select().from(t.agents).where(eq(t.agents.id, id))))[0];
  },

  /** The active administrators, of whom nobody else changes anything until the transaction ends. */
  async takeAdmins({ q, t, forUpdate }: Tx): Promise<AgentRow[]> {
    const active = and(eq(t.agents.role, 'admin'), eq(t.agents.status, 'active'));
    return forUpdate(q.select().from(t.agents).where(active).orderBy(asc(t.agents.id)));
  },

  async update(tx: Tx, change: { id: number; set: Partial<NewAgent> }): Promise<void> {
    const { q, t } = tx;
    await q.update(t.agents).set(change.set).where(eq(t.agents.id, change.id));
  },
};
