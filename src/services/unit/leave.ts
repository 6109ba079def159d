import { chatReads, chatWrites } from '../../../db/repositories/chat.ts';
import { type UnitRow, unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';
import { notifyAdmins } from '../message/notify.ts';

/**
 * The bot was taken out of a group, or the group is no more: the units bound to it are no longer reached there, and the
 * administrators hear of it. Returns those units.
 */
export async function leaveChat(ctx: Ctx, chatId: string): Promise<readonly UnitRow[]> {
  const chat = await chatReads.byId(ctx.tx, chatId);
  const units = await unitReads.byChat(ctx.tx, chatId);
  await chatWrites.left(ctx.tx, chatId);
  await unitWrites.releaseChat(ctx.tx, chatId);
  for (const unit of units) await noteRelease(ctx, { unit, chatId, chatName: chat?.name ?? '' });
  return units;
}

async function noteRelease(ctx: Ctx, released: { unit: UnitRow; chatId: string; chatName: string }): Promise<void> {
  const { unit, chatId, chatName } = released;
  const townId = await chainOfUnit(ctx, unit.id);
  await appendLedger(ctx, { townId, caseId: null, kind: 'unbind', payload: { unitId: unit.id, chatId } });
  await notifyAdmins(ctx, {
    title: `${unit.name}的群解绑了`,
    lines: [
      `机器人已不在群“${chatName || chatId}”里（被移出，或群已解散），${unit.name}的件改为私信发给该单位的人。`,
      '请把机器人重新拉进群，或另建一个群，再发 /绑定。',
    ],
  });
}
