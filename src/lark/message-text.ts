/** The words of a message: text and rich-text posts become plain text, mentions become names, the bot's own mention goes. */
import { type Mention, type MessageEvent, type PostBody, postContentSchema, textContentSchema } from './events.ts';
import { parse, parseJson } from './unreadable.ts';

export interface MessageText {
  readonly text: string;
  readonly mentionsBot: boolean;
  readonly isText: boolean;
}

/** The keys the platform puts in place of a mention: `@_user_1`, `@_user_2`, …, and `@_all`. */
const MENTION_KEY = /@_(?:user_\d+|all)/g;

/** Reads a message's content. Types without words (image, file, voice, sticker …) give `isText: false`. Throws `Unreadable`. */
export function readText(message: MessageEvent['message'], botOpenId: string | undefined): MessageText {
  const raw = rawText(message);
  const mentions = message.mentions ?? [];
  const bot = botKey(raw ?? '', mentions, botOpenId);
  if (raw === undefined) return { text: '', mentionsBot: bot !== undefined, isText: false };
  const names = new Map(mentions.map((mention) => [mention.key, mention.name ?? '']));
  const text = raw.replace(MENTION_KEY, (key) => {
    if (key === bot) return '';
    if (key === '@_all') return '@所有人';
    const name = names.get(key);
    return name === undefined ? key : `@${name}`;
  });
  return { text: text.trim(), mentionsBot: bot !== undefined, isText: true };
}

/** undefined: a type without words. */
function rawText(message: MessageEvent['message']): string | undefined {
  if (message.message_type === 'text') {
    return parse(textContentSchema, parseJson(message.content, 'message.content'), {}).text;
  }
  if (message.message_type === 'post') {
    return postText(parse(postContentSchema, parseJson(message.content, 'message.content'), {}));
  }
  return undefined;
}

/** Title and lines, one below the other; a mention stays as its key so that it is replaced like one in a text message. */
function postText(post: PostBody): string {
  const lines = post.content.map((line) =>
    line
      .map((piece) => {
        if (piece.tag !== 'at') return piece.text ?? '';
        return piece.user_id === 'all' ? '@_all' : (piece.user_id ?? '');
      })
      .join(''),
  );
  return [post.title ?? '', ...lines].filter((line) => line !== '').join('\n');
}

/**
 * The key that stands for the bot. While the bot's own id is unknown, a mention that opens the line is taken for it: people
 * put the bot first, and a command must not be lost because one start-up call failed.
 */
function botKey(text: string, mentions: readonly Mention[], botOpenId: string | undefined): string | undefined {
  if (botOpenId !== undefined) return mentions.find((mention) => mention.id?.open_id === botOpenId)?.key;
  const first = /^\s*(@_user_\d+)/.exec(text)?.[1];
  return mentions.find((mention) => mention.key === first)?.key;
}
