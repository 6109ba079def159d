/**
 * The words of a message: text and rich-text posts become plain text, mentions become names; those of the bot go, and so do those
 * in front of the words, which only say whom a line is for.
 */

import {
  fileContentSchema,
  imageContentSchema,
  type Mention,
  type MessageEvent,
  type PostBody,
  type PostPiece,
  postContentSchema,
  textContentSchema,
} from './events.ts';
import { isResourceKey } from './ids.ts';
import type { InboundMessage, SentFile, Wordless } from './port.ts';
import { parse, parseJson } from './unreadable.ts';

export type MessageText = Pick<InboundMessage, 'text' | 'mentionsBot' | 'wordless' | 'files'>;

/** The keys the platform puts in place of a mention: `@_user_1`, `@_user_2`, …, and `@_all`. */
const MENTION_KEY = /@_(?:user_\d+|all)/g;
/** With what people put between mentions and behind them. */
const LEADING_KEYS = /^(?:[\s,，、:：]*@_(?:user_\d+|all))+[\s,，、:：]*/;
/** What the app is called unless somebody named it otherwise: by this the bot knows itself until it is told its own id. */
const USUAL_NAME = '代办';

const wordlessTypes: ReadonlyMap<string, Wordless> = new Map([
  ['image', 'picture'],
  ['audio', 'voice'],
  ['media', 'video'],
  ['file', 'file'],
  ['folder', 'file'],
  ['sticker', 'sticker'],
  ['merge_forward', 'forwarded'],
  ['share_chat', 'forwarded'],
  ['share_user', 'forwarded'],
  ['interactive', 'forwarded'],
]);

/** Reads a message's content. Throws `Unreadable`. */
export function readText(message: MessageEvent['message'], botOpenId: string | undefined): MessageText {
  const mentions = message.mentions ?? [];
  const { raw, mentioned = [], wordless, files = [] } = read(message, mentions);
  const known = new Map([...mentions, ...mentioned].map((mention) => [mention.key, mention]));
  const name = (key: string): string => {
    if (key === '@_all') return '@所有人';
    const mention = known.get(key);
    if (!mention) return key;
    return isBot(mention, botOpenId) ? '' : `@${mention.name ?? ''}`;
  };
  const text = withoutLeadingMentions(raw, known).replace(MENTION_KEY, name).trim();
  const mentionsBot = [...known.values()].some((mention) => isBot(mention, botOpenId));
  return { text, mentionsBot, wordless: text === '' ? wordless : undefined, files };
}

/** By the bot's id, or while it is unknown by its usual name. */
export function isBot(mention: Mention, botOpenId: string | undefined): boolean {
  return botOpenId === undefined ? mention.name === USUAL_NAME : mention.id?.open_id === botOpenId;
}

interface Content {
  /** With the keys of mentions. */
  readonly raw: string;
  /** People a post mentions without the message saying so. */
  readonly mentioned?: readonly Mention[];
  readonly wordless?: Wordless | undefined;
  readonly files?: readonly SentFile[];
}

function read(message: MessageEvent['message'], mentions: readonly Mention[]): Content {
  switch (message.message_type) {
    case 'text':
      return { raw: parse(textContentSchema, parseJson(message.content, 'message.content'), {}).text };
    case 'post':
      return readPost(parse(postContentSchema, parseJson(message.content, 'message.content'), {}), mentions);
    case 'image':
      return { raw: '', wordless: 'picture', files: filesIn(imageContentSchema.safeParse(json(message)).data) };
    case 'file':
      return { raw: '', wordless: 'file', files: filesIn(fileContentSchema.safeParse(json(message)).data) };
    default:
      return { raw: '', wordless: wordlessTypes.get(message.message_type) ?? 'other' };
  }
}

/** A message whose content says nothing readable is one without files: what to do instead can still be answered. */
function json({ content }: MessageEvent['message']): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** What has no key that fits into a path cannot be fetched. */
function filesIn(sent: SentFile | undefined): SentFile[] {
  return sent !== undefined && isResourceKey(sent.key) ? [sent] : [];
}

/** Title and lines, one below the other; a mention stands as its key so that it is replaced like one in a text message. */
function readPost(post: PostBody, mentions: readonly Mention[]): Content {
  const mentioned: Mention[] = [];
  const keys = new Map(mentions.flatMap(({ key, id }) => [[key, key] as const, [id?.open_id ?? key, key] as const]));
  const keyOf = (piece: PostPiece): string => {
    const id = piece.user_id ?? '';
    if (id === 'all' || id === '@_all') return '@_all';
    const known = keys.get(id);
    if (known !== undefined) return known;
    // No key of the platform's begins with a nought.
    const key = `@_user_0${mentioned.length}`;
    mentioned.push({ key, id: { open_id: id }, name: piece.user_name });
    keys.set(id, key);
    return key;
  };
  const wordOf = (piece: PostPiece) => (piece.tag === 'at' ? keyOf(piece) : (piece.text ?? ''));
  const lines = post.lines.map((line) => line.map(wordOf).join(''));
  const pictures = post.lines.flat().filter(({ tag }) => tag === 'img');
  return {
    raw: [post.title, ...lines].filter((line) => line !== '').join('\n'),
    mentioned,
    wordless: pictures.length > 0 ? 'picture' : undefined,
    files: pictures.flatMap(({ image_key: key }) => filesIn({ kind: 'image', key: key ?? '' })),
  };
}

/** Only mentions go: what merely looks like a key was typed. */
function withoutLeadingMentions(raw: string, known: ReadonlyMap<string, Mention>): string {
  const [leading = ''] = LEADING_KEYS.exec(raw) ?? [];
  const typed = [...leading.matchAll(MENTION_KEY)].find(([key]) => key !== '@_all' && !known.has(key));
  return raw.slice(typed?.index ?? leading.length);
}
