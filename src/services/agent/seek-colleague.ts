import { agentReads } from '../../../db/repositories/agent.ts';
import { rosterReads } from '../../../db/repositories/roster.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff, type Staff } from '../../ctx.ts';
import { nameKey } from '../../domain/name.ts';
import { may } from '../../domain/rights.ts';
import { rolesInHand } from '../../domain/staff.ts';
import { Refused } from '../../refusals.ts';

/**
 * Those of this name whose work the acting person may change, longest on the staff first. Refuses `staff_unknown`, `staff_unknown_near`
 * when one of them is called nearly so, `staff_self` when
 * the only one is who asks, `staff_not_joined` when only the roster has somebody of the name.
 */
export async function colleaguesNamed(ctx: Ctx, name: string): Promise<Staff[]> {
  const staff = requireStaff(ctx);
  const { agent } = staff;
  const person = personOf(staff);
  const units = await unitReads.all(ctx.tx);
  const wanted = nameKey(name);
  const everybody = await agentReads.activeWithUnit(ctx.tx);
  const isInHand = (one: Staff) => {
    const line = lineOf(one.unit.id, units).map(({ id }) => id);
    return one.agent.id !== agent.id && rolesInHand(person, line).includes(one.agent.role);
  };
  const named = everybody.filter((one) => nameKey(one.agent.name) === wanted);
  const others = named.filter(isInHand);
  if (others.length > 0) return others;
  if (named.some((one) => one.agent.id === agent.id)) throw new Refused('staff_self');
  const listed = await listedNamed(ctx, { wanted, units });
  if (listed) throw new Refused('staff_not_joined', listed);
  if (named.length > 0) throw new Refused('staff_unknown');
  // Loaded at the first slip: the dictionary of pinyin would make every start slower.
  const { suggest } = await import('../../domain/suggestion.ts');
  const near = suggest(
    name,
    everybody.filter(isInHand).map((one) => one.agent.name),
  );
  throw near === undefined ? new Refused('staff_unknown') : new Refused('staff_unknown_near', { near });
}

/** Somebody of the name whom an imported list names in a unit of the acting manager, and who has not joined. */
async function listedNamed(
  ctx: Ctx,
  { wanted, units }: { wanted: string; units: readonly UnitRow[] },
): Promise<{ name: string; unit: string } | undefined> {
  const person = personOf(requireStaff(ctx));
  const entry = (await rosterReads.all(ctx.tx)).find(({ name, unitId, agentId, active }) => {
    if (!active || agentId !== null || nameKey(name) !== wanted) return false;
    return may('changeStaff', person, { unitLine: lineOf(unitId, units).map(({ id }) => id) });
  });
  return entry && { name: entry.name, unit: units.find(({ id }) => id === entry.unitId)?.name ?? '' };
}
