import { chatReads, chatWrites } from '../../../db/repositories/chat.ts';
import { unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';
import { notifyAdmins } from '../message/notify.ts';

/** The bot was taken out of a group, or the group is no more: the units bound to it are no longer reached there, and the administrators hear of it. */
export async function leaveChat(ctx: Ctx, chatId: string): Promise<void> {
  const chat = await chatReads.byId(ctx.tx, chatId);
  const units = await unitReads.byChat(ctx.tx, chatId);
  await chatWrites.left(ctx.tx, chatId);
  await unitWrites.releaseChat(ctx.tx, chatId);
  for (const unit of units) {
    const townId = await chainOfUnit(ctx, unit.id);
    await appendLedger(ctx, { townId, caseId: null, kind: 'unbind', payload: { unitId: unit.id, chatId } });
    await notifyAdmins(ctx, {
      title: `${unit.name}的群解绑了`,
      lines: [
        `机器人已不在群“${chat?.name ?? chatId}”里（被移出，或群已解散），${unit.name}的件改为私信发给该单位的人。`,
        '请把机器人重新拉进群，或另建一个群，再发 /绑定。',
      ],
    });
  }
}
