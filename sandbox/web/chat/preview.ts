/** A message in one line, as a list of chats shows it. */
import type { Message } from '../api.ts';
import { child, isNode, text, words } from '../card/node.ts';
import { nameOf } from '../world.ts';

export function contentOf(message: Message): Readonly<Record<string, unknown>> {
  const content: unknown = JSON.parse(message.content);
  return isNode(content) ? content : {};
}

/** The words of a text message, mentions by name. */
export function textOf(message: Message): string {
  let shown = text(contentOf(message), 'text');
  for (const mention of message.mentions) shown = shown.replaceAll(mention.key, `@${mention.name}`);
  return shown;
}

export function preview(message: Message): string {
  const who = message.senderOpenId === undefined ? '' : `${nameOf(message.senderOpenId)}：`;
  if (message.recalled) return '消息已撤回';
  if (message.msgType === 'text') return `${who}${textOf(message)}`;
  if (message.msgType === 'interactive') {
    const card = contentOf(message);
    const summary = text(child(child(card, 'config'), 'summary'), 'content');
    return `[卡片] ${summary || words(child(card, 'header'), 'title')}`;
  }
  return message.msgType === 'image' ? '[图片]' : `[文件] ${message.file?.name ?? ''}`;
}
