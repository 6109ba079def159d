import { agentReads } from '../../../db/repositories/agent.ts';
import { lineOf, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff, type Staff } from '../../ctx.ts';
import { nameKey } from '../../domain/name.ts';
import { rolesInHand } from '../../domain/staff.ts';
import { Refused } from '../../refusals.ts';

/**
 * Those of this name whose work the acting person may change, longest on the staff first. Refuses `staff_unknown`, or `staff_self` when
 * the only one is who asks.
 */
export async function colleaguesNamed(ctx: Ctx, name: string): Promise<Staff[]> {
  const { agent, unit } = requireStaff(ctx);
  const units = await unitReads.all(ctx.tx);
  const wanted = nameKey(name);
  const named = (await agentReads.activeWithUnit(ctx.tx)).filter((one) => nameKey(one.agent.name) === wanted);
  const others = named.filter((one) => {
    const line = lineOf(one.unit.id, units).map(({ id }) => id);
    return (
      one.agent.id !== agent.id && rolesInHand({ role: agent.role, unitId: unit.id }, line).includes(one.agent.role)
    );
  });
  if (others.length > 0) return others;
  throw new Refused(named.some((one) => one.agent.id === agent.id) ? 'staff_self' : 'staff_unknown');
}
