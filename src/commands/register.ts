import { startDraftOfLines } from '../services/draft/from-line.ts';
import { isGroupOfOwnLine } from '../services/unit/own-ground.ts';
import { answerPrivately, type Command } from './command.ts';

export const register: Command = {
  name: '登记',
  aliases: ['new'],
  takesLines: true,
  audience: 'agent',
  usage: '/登记 [一句话]',
  summary: '给群众登记代办，可以一句话填好，也可以一行一位登记多位',
  example: '/登记 低保 张三 13800000000',
  async run(ctx, args) {
    const shared = ctx.chat.type === 'group' && (await isGroupOfOwnLine(ctx, ctx.chat.chatId));
    const draft = await startDraftOfLines(ctx, { shared, text: args });
    const form = { kind: 'registration', draftId: draft.id } as const;
    if (shared) return form;
    return answerPrivately(ctx, { content: form, why: '这个群不是您单位的群，登记卡已私信发给您。' });
  },
};
