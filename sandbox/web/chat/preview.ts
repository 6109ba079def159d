/** A message in one line, as a list of chats shows it. */
import type { Message } from '../api.ts';
import { child, isNode, type Node, text, words } from '../card/node.ts';
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

interface Piece {
  readonly words: string;
  readonly imageKey?: string;
}

/** A rich text by its lines; it stands bare, or under a language when an app sent it. */
export function postLines(message: Message): readonly (readonly Piece[])[] {
  const bare = contentOf(message);
  const [first] = Object.values(bare);
  const post = Array.isArray(bare['content']) || !isNode(first) ? bare : first;
  const title = text(post, 'title');
  const lines = Array.isArray(post['content']) ? post['content'] : [];
  const shown = lines.map((line: unknown) => (Array.isArray(line) ? line : []).filter(isNode).map(pieceOf));
  return title === '' ? shown : [[{ words: title }], ...shown];
}

function pieceOf(piece: Node): Piece {
  if (text(piece, 'tag') === 'img') return { words: '[图片]', imageKey: text(piece, 'image_key') };
  const name = text(piece, 'user_name') || nameOf(text(piece, 'user_id'));
  return { words: text(piece, 'tag') === 'at' ? `@${name}` : text(piece, 'text') };
}

/** A message in one line, with who wrote it. */
export function preview(message: Message): string {
  const isCard = message.msgType === 'interactive' || message.recalled;
  const who = message.senderOpenId === undefined || isCard ? '' : `${nameOf(message.senderOpenId)}：`;
  return `${who}${substance(message)}`;
}

/** What a message says, in one line. */
export function substance(message: Message): string {
  if (message.recalled) return '消息已撤回';
  switch (message.msgType) {
    case 'text':
      return textOf(message);
    case 'post':
      return postLines(message)
        .flat()
        .map((piece) => piece.words)
        .join('');
    case 'interactive': {
      const card = contentOf(message);
      const summary = text(child(child(card, 'config'), 'summary'), 'content');
      return `[卡片] ${summary || words(child(card, 'header'), 'title')}`;
    }
    case 'image':
      return '[图片]';
    default:
      return `[文件] ${message.file?.name ?? ''}`;
  }
}
