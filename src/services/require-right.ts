import { type Ctx, personOf, requireStaff, type Staff } from '../ctx.ts';
import { may, type Right, type Subject } from '../domain/rights.ts';
import { type RefusalCode, Refused } from '../refusals.ts';

/** The acting member of staff, who has the right. Refuses strangers as `requireStaff` does, and others with the code. */
export function requireRight(
  ctx: Ctx,
  asked: { right: Right; otherwise: RefusalCode; subject?: Subject; detail?: Readonly<Record<string, string>> },
): Staff {
  const staff = requireStaff(ctx);
  if (!may(asked.right, personOf(staff), asked.subject)) throw new Refused(asked.otherwise, asked.detail);
  return staff;
}
