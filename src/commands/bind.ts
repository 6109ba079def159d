import { bindCard } from '../../cards/unit.ts';
import { chatReads } from '../../db/repositories/chat.ts';
import type { Ctx } from '../ctx.ts';
import { Refused } from '../refusals.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { bindUnit } from '../services/unit/bind.ts';
import { unitChoices } from '../services/unit/choices.ts';
import { seekUnit } from '../services/unit/seek.ts';
import { bindingCard } from '../services/unit/view-binding.ts';
import { type Command, fixed } from './command.ts';

export const bind: Command = {
  name: '绑定',
  aliases: ['bind'],
  audience: 'admin',
  usage: '/绑定 单位',
  summary: '告诉我这个群属于哪个单位（在群里用）',
  example: '/绑定 巴彦托海镇',
  async run(ctx, args) {
    if (ctx.chat.type !== 'group') throw new Refused('bind_in_group');
    if (args === '') return askForUnit(ctx, ctx.chat.chatId);
    const { id: unitId } = await seekUnit(ctx, args);
    return fixed(bindingCard(ctx, await bindUnit(ctx, { chatId: ctx.chat.chatId, unitId })));
  },
};

/** The card that asks which unit a group belongs to. */
export async function askForUnit(ctx: Ctx, chatId: string): Promise<OutboxContent> {
  const chat = await chatReads.byId(ctx.tx, chatId);
  const units = await unitChoices(ctx);
  return fixed(bindCard({ chatName: chat?.name ?? '本群', units, hint: '由系统管理员来绑定。' }));
}
