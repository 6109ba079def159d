/** What a change of somebody's work means, for the card that asks and for the button that does it. */

import { roleWords } from '../../../cards/words.ts';
import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, requireStaff, type Staff } from '../../ctx.ts';
import { changeObstacle, type StaffChange } from '../../domain/staff.ts';
import { Refused } from '../../refusals.ts';

export interface AdmittedChange extends Staff {
  readonly change: StaffChange;
  /** The person's unit, then its parents. */
  readonly line: readonly UnitRow[];
  /** Where the person works afterwards; the same unit unless it is a move. */
  readonly toLine: readonly UnitRow[];
}

/** The change, if the acting person may make it now. Refuses with the sentence that fits. */
export async function admitChange(
  ctx: Ctx,
  request: { agentId: number; change: StaffChange },
): Promise<AdmittedChange> {
  const { change } = request;
  const actor = personOf(requireStaff(ctx));
  const [colleague] = await agentReads.byIdsWithUnit(ctx.tx, [request.agentId]);
  if (colleague?.agent.status !== 'active') throw new Refused('staff_changed');
  const { agent, unit } = colleague;
  const to = change.kind === 'move' ? change.unitId : unit.id;
  const units = await unitReads.withAbove(ctx.tx, [unit.id, to]);
  const line = lineOf(unit.id, units);
  const toLine = lineOf(to, units);
  const obstacle = changeObstacle({
    actor,
    colleague: { agentId: agent.id, role: agent.role, unitLine: idsOf(line) },
    change,
    toLine: toLine[0]?.active ? idsOf(toLine) : [],
  });
  if (obstacle !== undefined) throw new Refused(obstacle, { unit: unit.name, role: roleNamed(change) });
  return { agent, unit, change, line, toLine };
}

/** Who goes on with what somebody leaves in a unit. */
export interface Succession {
  /** Cases that wait for the person there, oldest first. */
  readonly caseIds: readonly number[];
  readonly total: number;
  /** The others of the unit, who take over. */
  readonly colleagues: readonly AgentRow[];
}

/** What waits for the person in the unit, and who is there besides; undefined for a change of role, which takes nobody away. */
export async function successionOf(
  ctx: Reading,
  { agent, unit, change }: Pick<AdmittedChange, 'agent' | 'unit' | 'change'>,
): Promise<Succession | undefined> {
  if (change.kind === 'role') return undefined;
  const colleagues = await agentReads.activeOfUnit(ctx.tx, unit.id);
  const caseIds = await caseReads.inHandsOf(ctx.tx, { agentId: agent.id, unitId: unit.id });
  return {
    caseIds,
    total: caseIds.length,
    colleagues: colleagues.filter(({ id }) => id !== agent.id),
  };
}

function idsOf(line: readonly UnitRow[]): number[] {
  return line.map(({ id }) => id);
}

function roleNamed(change: StaffChange): string {
  return change.kind === 'role' ? roleWords[change.role] : '';
}
