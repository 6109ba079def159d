import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, type Staff } from '../../ctx.ts';
import type { AgentRole } from '../../domain/agent.ts';
import { rolesInHand } from '../../domain/staff.ts';
import { presentFor } from '../stand-in/running.ts';

/** Who decides on an application to a unit: the managers of the unit and of those above it, and every administrator; for those on leave who stands in. */
export async function approversOf(ctx: Reading, unitId: number): Promise<AgentRow[]> {
  const unitIds = (await unitReads.lineage(ctx.tx, unitId)).map((unit) => unit.id);
  const managers = await agentReads.activeWithRole(ctx.tx, { unitIds, roles: ['manager'] });
  const admins = await agentReads.activeAdmins(ctx.tx);
  return presentFor(ctx, [...managers, ...admins]);
}

/** The roles somebody may give to an applicant of a unit: never one above the own, a manager's only below the own unit. */
export async function rolesToGrant(ctx: Reading, grant: { staff: Staff; unitId: number }): Promise<AgentRole[]> {
  const line = (await unitReads.lineage(ctx.tx, grant.unitId)).map((above) => above.id);
  return rolesInHand(personOf(grant.staff), line);
}

/** The chain a unit's own events are written to: its town's, else the banner's (the highest unit it has). */
export async function chainOfUnit(ctx: Ctx, unitId: number): Promise<number> {
  const line = await unitReads.lineage(ctx.tx, unitId);
  const town = line.find((unit) => unit.level === 'town') ?? line.find((unit) => unit.level === 'banner');
  return (town ?? line.at(-1))?.id ?? unitId;
}
