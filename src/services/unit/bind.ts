import { type UnitRow, unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff } from '../../ctx.ts';
import { managesUnit } from '../../domain/permission.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';

/** 绑定: from now on the unit is reached in this group. Only by an administrator or a manager of the unit or one above it. */
export async function bindUnit(ctx: Ctx, input: { chatId: string; unitId: number }): Promise<UnitRow> {
  const staff = requireStaff(ctx);
  const line = await unitReads.lineage(ctx.tx, input.unitId);
  const [unit] = line;
  if (!unit) throw new Refused('unit_unknown', { unit: '' });
  const allowed = managesUnit(
    personOf(staff),
    line.map((above) => above.id),
  );
  if (!allowed) throw new Refused('bind_not_allowed', { unit: unit.name });
  await unitWrites.setChat(ctx.tx, { unitId: unit.id, chatId: input.chatId });
  const townId = await chainOfUnit(ctx, unit.id);
  await appendLedger(ctx, { townId, caseId: null, kind: 'bind', payload: { unitId: unit.id, chatId: input.chatId } });
  return unit;
}
