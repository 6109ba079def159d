/** What a person sends, as the platform tells the bot: a text, a rich text with pictures, a picture or a file alone. */
import type { FileRecord, MessageRecord, World } from './world.ts';

/** What goes along: bytes from this person's phone, or what was uploaded before. */
export type Enclosure = FileRecord | { readonly name: string; readonly bytes: Buffer };

export interface Saying {
  /** In a group the bot is mentioned unless this is false. */
  readonly mention?: boolean | undefined;
  /** A message of the same chat that this one answers. */
  readonly repliesTo?: MessageRecord | undefined;
  /** Pictures between the lines: they make the text a rich text. */
  readonly pictures?: readonly Enclosure[] | undefined;
}

type Said = Pick<MessageRecord, 'msgType' | 'content' | 'mentions'>;

const MENTION_KEY = '@_user_1';

/** One white point as PNG. */
export const smallPicture: Enclosure = {
  name: 'IMG_0001.png',
  bytes: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** Words, with pictures as a post. Posts that arrive stand under no language, those an app sends do. */
export function saidInWords(
  world: World,
  words: { text: string; mentioned: boolean; pictures: readonly Enclosure[] },
): Said {
  const { text, mentioned, pictures } = words;
  const mentions = mentioned ? [{ key: MENTION_KEY, openId: world.bot.openId, name: world.bot.name }] : [];
  if (pictures.length === 0) {
    const content = JSON.stringify({ text: mentioned ? `${MENTION_KEY} ${text}` : text });
    return { msgType: 'text', content, mentions };
  }
  const at = { tag: 'at', user_id: MENTION_KEY, user_name: world.bot.name, style: [] };
  const line = { tag: 'text', text: mentioned ? ` ${text}` : text, style: [] };
  const first = [...(mentioned ? [at] : []), ...(text.trim() === '' ? [] : [line])];
  const images = pictures.map((picture) => [{ tag: 'img', image_key: kept(world, picture, 'image').key }]);
  const content = JSON.stringify({ title: '', content: [...(first.length === 0 ? [] : [first]), ...images] });
  return { msgType: 'post', content, mentions };
}

/** A picture that nothing is written to: it mentions nobody. */
export function saidByPicture(world: World, picture: Enclosure): Said {
  return { msgType: 'image', content: JSON.stringify({ image_key: kept(world, picture, 'image').key }), mentions: [] };
}

/** A file stands always alone. */
export function saidByFile(world: World, file: Enclosure): Said {
  const { key, name } = kept(world, file, 'file');
  return { msgType: 'file', content: JSON.stringify({ file_key: key, file_name: name }), mentions: [] };
}

function kept(world: World, enclosure: Enclosure, kind: FileRecord['kind']): FileRecord {
  if (!('key' in enclosure)) {
    const type = kind === 'image' ? 'message' : 'stream';
    return world.addFile({ kind, type, name: enclosure.name, bytes: enclosure.bytes });
  }
  if (enclosure.kind !== kind) throw new Error(`${enclosure.key} was not uploaded as ${kind}`);
  return enclosure;
}
