import { type UnitRow, unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';

/** 绑定: from now on the unit is reached in this group. Only by an administrator. */
export async function bindUnit(ctx: Ctx, input: { chatId: string; unitId: number }): Promise<UnitRow> {
  const { agent } = requireStaff(ctx);
  if (agent.role !== 'admin') throw new Refused('bind_not_allowed');
  const unit = await unitReads.byId(ctx.tx, input.unitId);
  if (!unit) throw new Refused('unit_unknown');
  await unitWrites.setChat(ctx.tx, { unitId: unit.id, chatId: input.chatId });
  const townId = await chainOfUnit(ctx, unit.id);
  await appendLedger(ctx, { townId, caseId: null, kind: 'bind', payload: { unitId: unit.id, chatId: input.chatId } });
  return unit;
}
