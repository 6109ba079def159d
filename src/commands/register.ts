import { startDraftOfLine } from '../services/draft/from-line.ts';
import { isGroupOfOwnLine } from '../services/unit/own-ground.ts';
import { answerPrivately, type Command } from './command.ts';

export const register: Command = {
  name: '登记',
  aliases: ['new'],
  audience: 'agent',
  usage: '/登记 [一句话]',
  summary: '给群众登记一件代办，可以一句话填好',
  example: '/登记 低保 张三 13800000000',
  async run(ctx, args) {
    const shared = ctx.chat.type === 'group' && (await isGroupOfOwnLine(ctx, ctx.chat.chatId));
    const draft = await startDraftOfLine(ctx, { shared, line: args });
    const form = { kind: 'registration', draftId: draft.id } as const;
    if (shared) return form;
    return answerPrivately(ctx, { content: form, why: '这个群不是您单位的群，登记卡已私信发给您。' });
  },
};
