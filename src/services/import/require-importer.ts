import { type Ctx, requireStaff, type Staff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';

/** Lists are for administrators only, whatever button somebody presses. */
export function requireImporter(ctx: Ctx): Staff {
  const staff = requireStaff(ctx);
  if (staff.agent.role !== 'admin') throw new Refused('import_admin_only');
  return staff;
}
