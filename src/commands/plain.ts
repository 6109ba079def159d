/** Answers a line that names no command, if everyday words say what it asks for. */
import { noticeCard } from '../../cards/notice.ts';
import { roleWords } from '../../cards/words.ts';
import { readPlainWords } from '../domain/plain-words.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { type CommandCtx, fixed } from './command.ts';
import { find, findQuietly } from './find.ts';
import { greeting } from './help.ts';
import { commands } from './index.ts';
import { offerToJoin } from './join.ts';
import { todo } from './todo.ts';

type Answer = OutboxContent | undefined;
type RunNamed = (ctx: CommandCtx, line: { name: string; args: string }) => Promise<Answer>;

/** `unknown` where the words say nothing that is known. @param run runs a command for those who may. */
export async function answerPlainWords(ctx: CommandCtx, text: string, run: RunNamed): Promise<Answer | 'unknown'> {
  const meant = readPlainWords(text);
  switch (meant?.kind) {
    case undefined:
      return 'unknown';
    case 'hello':
      return greeting(ctx, commands);
    case 'thanks':
      return fixed(noticeCard({ tone: 'info', title: '不客气', lines: ['有事随时发给我。'] }));
    case 'howTo':
      return run(ctx, { name: '帮助', args: '' });
    case 'join':
      return joining(ctx);
    case 'mine':
      return run(ctx, { name: todo.name, args: '' });
    case 'change':
      return fixed(changing(meant.number));
    case 'find':
      if (meant.sure) return run(ctx, { name: find.name, args: meant.words });
      return ctx.actor.kind === 'agent' ? findQuietly(ctx, meant.words) : 'unknown';
  }
}

async function joining(ctx: CommandCtx): Promise<Answer> {
  if (ctx.actor.kind !== 'agent') return offerToJoin(ctx);
  const { agent, unit } = ctx.actor;
  const lines = [`您是${unit.name}的${roleWords[agent.role]}，不用再申请。要换单位，请联系本单位管理员。`];
  return fixed(noticeCard({ tone: 'info', title: '您已经加入了', lines }));
}

function changing(number: string | undefined) {
  const which = number === undefined ? '先发编号、姓名或手机尾号，打开那件代办。' : `先发 ${number}，打开那件代办。`;
  return noticeCard({
    tone: 'info',
    title: '登记写错了',
    lines: [which, '在卡片上点“更正”，改好再提交。办结以后由管理员更正，要写明原因。'],
  });
}
