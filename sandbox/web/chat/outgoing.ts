/** What is about to be said besides the words: pictures and files taken along, and the message that is answered. */
import { signal } from '@preact/signals';
import { api, type Chat } from '../api.ts';
import { draftNow, me, openChat, setDraft } from '../me.ts';
import { toast } from '../toast.tsx';
import { bot } from '../world.ts';

export interface Enclosed {
  readonly id: number;
  readonly file: File;
  readonly isPicture: boolean;
  /** Shows the picture before it is sent. */
  readonly url: string;
}

/** What clients send as pictures; the platform takes nine at a time. */
const PICTURE = /^image\/(?:png|jpeg|gif|webp)$/;
const ENCLOSED_MAX = 9;

/** By person and chat, as drafts are. */
const enclosed = signal<Readonly<Record<string, readonly Enclosed[]>>>({});
const answered = signal<Readonly<Record<string, string>>>({});
let count = 0;

function place(): string {
  return `${me.value}/${openChat.value}`;
}

export function enclosedNow(): readonly Enclosed[] {
  return enclosed.value[place()] ?? [];
}

/** Id of the message that is being answered. */
export function answeredNow(): string | undefined {
  return answered.value[place()];
}

export function answer(messageId: string): void {
  answered.value = { ...answered.value, [place()]: messageId };
}

export function answerNothing(): void {
  const { [place()]: _, ...rest } = answered.value;
  answered.value = rest;
}

/** Takes files along; what is too much stays behind and is said. */
export function enclose(files: readonly File[]): void {
  const before = enclosedNow();
  const fresh = files.slice(0, ENCLOSED_MAX - before.length).map((file) => {
    count += 1;
    return { id: count, file, isPicture: PICTURE.test(file.type), url: URL.createObjectURL(file) };
  });
  if (fresh.length < files.length) toast('warning', `一次最多发${ENCLOSED_MAX}个`);
  enclosed.value = { ...enclosed.value, [place()]: [...before, ...fresh] };
}

export function leaveOut(id: number): void {
  put(enclosedNow().filter((one) => one.id !== id));
}

function put(list: readonly Enclosed[]): void {
  enclosed.value = { ...enclosed.value, [place()]: list };
}

export function mentionBot(): void {
  setDraft(`@${bot.value.name} ${draftNow()}`);
}

/** The bot would not hear it: in a group it hears only what mentions it. */
export function goesUnheard(chat: Chat): boolean {
  if (chat.mode !== 'group' || (enclosedNow().length === 0 && answeredNow() === undefined)) return false;
  return !addressed(draftNow().trim(), true).mention;
}

/** A line that begins with a slash is for the bot, as the platform's own slash commands are. */
function addressed(text: string, isGroup: boolean): { text: string; mention: boolean } {
  if (!isGroup) return { text, mention: false };
  const mention = `@${bot.value.name}`;
  const rest = text.startsWith(mention) ? text.slice(mention.length).trim() : text;
  return { text: rest || ' ', mention: rest !== text || /^[/／]/.test(text) };
}

/** Sends all of it as a client does: words and pictures in one, each file alone. What fails stays in the line. */
export async function send(chat: Chat): Promise<void> {
  const text = draftNow().trim();
  const along = enclosedNow();
  const repliesTo = answeredNow();
  if (text === '' && along.length === 0) return;
  const common = { openId: me.value, chatId: chat.chatId, ...(repliesTo === undefined ? {} : { repliesTo }) };
  setDraft('');
  put([]);
  answerNothing();
  try {
    const keys = await Promise.all(along.map(({ file, isPicture }) => api.upload(isPicture ? 'image' : 'file', file)));
    const pictures = keys.filter((_, index) => along[index]?.isPicture);
    const words = text === '' ? {} : addressed(text, chat.mode === 'group');
    if (text !== '' || pictures.length > 0) await api.say({ ...common, ...words, pictures });
    for (const [index, file] of keys.entries()) if (!along[index]?.isPicture) await api.say({ ...common, file });
    for (const { url } of along) URL.revokeObjectURL(url);
  } catch {
    setDraft(text);
    put(along);
    if (repliesTo !== undefined) answer(repliesTo);
    toast('error', '没有发出去，请再试一次');
  }
}
