import { chatReads } from '../../../db/repositories/chat.ts';
import { lineOf, type UnitRow, unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';
import { notify, notifyAdmins } from '../message/notify.ts';
import { requireRight } from '../require-right.ts';

/**
 * 解绑: the unit is no longer reached in its group, but its people one by one. By an administrator or the unit's managers; the group
 * and the other administrators are told. @param input.askedIn the chat that gets the answer and need not be told besides.
 */
export async function unbindUnit(ctx: Ctx, input: { unitId: number; askedIn: string }): Promise<UnitRow> {
  requireStaff(ctx);
  const line = lineOf(input.unitId, await unitReads.withAbove(ctx.tx, [input.unitId]));
  const [unit] = line;
  if (!unit) throw new Refused('unit_unknown');
  const subject = { unitLine: line.map(({ id }) => id) };
  const detail = { unit: unit.name };
  const staff = requireRight(ctx, { right: 'unbindGroup', otherwise: 'unbind_not_allowed', subject, detail });
  if (unit.chatId === null) throw new Refused('unbind_nothing', { unit: unit.name });
  const { chatId } = unit;
  await unitWrites.setChat(ctx.tx, { unitId: unit.id, chatId: null });
  const townId = await chainOfUnit(ctx, unit.id);
  await appendLedger(ctx, { townId, caseId: null, kind: 'unbind', payload: { unitId: unit.id, chatId } });
  const notice = {
    title: `${unit.name}的群解绑了`,
    lines: [
      `${unit.name}的代办件不再发到“${(await chatReads.byId(ctx.tx, chatId))?.name ?? ''}”群。`,
      `操作人：${staff.agent.name}。`,
    ],
  };
  if (chatId !== input.askedIn) await notify(ctx, { target: chatId, notice });
  await notifyAdmins(ctx, { ...notice, except: staff.agent.id });
  return unit;
}
