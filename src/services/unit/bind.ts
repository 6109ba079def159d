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
  if (!unit) throw new Refused('unit_unknown', { unit: '' });
  await setUnitChat(ctx, { unitId: unit.id, chatId: input.chatId });
  return unit;
}

/** The unit is reached in this group, whoever says so. */
export async function setUnitChat(ctx: Ctx, bound: { unitId: number; chatId: string }): Promise<void> {
  await unitWrites.setChat(ctx.tx, bound);
  const townId = await chainOfUnit(ctx, bound.unitId);
  await appendLedger(ctx, { townId, caseId: null, kind: 'bind', payload: bound });
}
