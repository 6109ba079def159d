/** Whom this tab plays, what is open, and what that person has read. */
import { computed, effect, signal } from '@preact/signals';
import type { Chat } from './api.ts';
import { bot, chats, messages, messagesOf, people } from './world.ts';

const ME = 'daiban.me';
const READ = 'daiban.read';
const PLACE = 'daiban.place';

/** Open id of the person played here; each tab has its own. */
export const me = signal(namedInAddress() ?? sessionStorage.getItem(ME) ?? '');
/** A page that is loaded anew, or thrown out of a phone's memory, comes back where it was. */
export const openChat = signal<string | undefined>(storedPlace()?.chatId);
/** What a narrow screen shows. */
export const pane = signal<'chats' | 'chat' | 'people'>(storedPlace() === undefined ? 'chats' : 'chat');
/** Text not sent yet, by person and chat. */
export const drafts = signal<Readonly<Record<string, string>>>({});
/** The last message read, by person and chat. */
const read = signal<Readonly<Record<string, string>>>(storedRead());

/** Whether all panes stand side by side. */
const wideQuery = window.matchMedia('(min-width: 720px)');
const wide = signal(wideQuery.matches);
wideQuery.addEventListener('change', () => {
  wide.value = wideQuery.matches;
});
/** The open chat is on the screen. */
export const chatVisible = computed(() => wide.value || pane.value === 'chat');

export const myself = computed(() => people.value.find((person) => person.openId === me.value));

/** The private chat with the bot has this id before it exists. */
export function privateChatId(openId: string): string {
  return `oc_p2p_${openId.replace(/^ou_/, '')}`;
}

/** What the person finds in the list: the private chat first, then the groups. */
export function chatsOf(openId: string): readonly Chat[] {
  const chatId = privateChatId(openId);
  const known = chats.value.find((chat) => chat.chatId === chatId);
  const groups = chats.value.filter((chat) => chat.mode === 'group' && chat.members.includes(openId));
  const privately = known ?? { chatId, mode: 'p2p', members: [openId], hasBot: true, dissolved: false, name: '' };
  return [{ ...privately, name: bot.value.name }, ...groups];
}

/** How many messages of others the person has not seen there. */
export function unread(openId: string, chatId: string): number {
  if (openId === me.value && chatId === openChat.value && chatVisible.value) return 0;
  const list = messagesOf(chatId);
  const last = read.value[`${openId}/${chatId}`];
  const from = last === undefined ? 0 : list.findIndex((message) => message.messageId === last) + 1;
  return list.slice(from).filter((message) => message.senderOpenId !== openId).length;
}

export function unreadTotal(openId: string): number {
  return chatsOf(openId).reduce((sum, chat) => sum + unread(openId, chat.chatId), 0);
}

/** Becomes another person; stays in the chat when that person is in it too. */
export function become(openId: string, chatId?: string): void {
  me.value = openId;
  const mine = chatsOf(openId);
  const wanted = mine.find((chat) => chat.chatId === (chatId ?? openChat.value));
  const next = wanted ?? mine.find((chat) => unread(openId, chat.chatId) > 0) ?? mine[1] ?? mine[0];
  openChat.value = next?.chatId;
  pane.value = chatId === undefined ? 'chats' : 'chat';
}

export function enterChat(chatId: string): void {
  openChat.value = chatId;
  pane.value = 'chat';
}

export function setDraft(text: string): void {
  drafts.value = { ...drafts.value, [`${me.value}/${openChat.value}`]: text };
}

export function draftNow(): string {
  return drafts.value[`${me.value}/${openChat.value}`] ?? '';
}

/** Marks what is on the screen as read, remembers who is played, and plays somebody from the start. */
export function keepTrack(): () => void {
  const stops = [
    effect(() => sessionStorage.setItem(ME, me.value)),
    effect(() => {
      if (openChat.value === undefined || pane.value !== 'chat') sessionStorage.removeItem(PLACE);
      else sessionStorage.setItem(PLACE, JSON.stringify([me.value, openChat.value]));
    }),
    effect(() => {
      // After a fresh start the chat may be gone, or not hold this person any more.
      const known = chats.value.length === 0 || chatsOf(me.value).some(({ chatId }) => chatId === openChat.value);
      if (openChat.value === undefined || known) return;
      openChat.value = undefined;
      pane.value = 'chats';
    }),
    effect(() => {
      const [first] = people.value;
      if (first === undefined || people.value.some((person) => person.openId === me.value)) return;
      me.value = first.openId;
    }),
    effect(() => {
      if (openChat.value === undefined && myself.value !== undefined && chats.value.length > 0) {
        const mine = chatsOf(me.value);
        openChat.value = (mine[1] ?? mine[0])?.chatId;
      }
    }),
    effect(() => {
      const chatId = openChat.value;
      if (chatId === undefined || !chatVisible.value) return;
      const last = messages.value.findLast((message) => message.chatId === chatId)?.messageId;
      const key = `${me.value}/${chatId}`;
      if (last === undefined || read.peek()[key] === last) return;
      read.value = { ...read.peek(), [key]: last };
      localStorage.setItem(READ, JSON.stringify(read.value));
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** `?as=`, once: loaded anew the page stays with whom it plays by then. */
function namedInAddress(): string | undefined {
  const named = new URLSearchParams(location.search).get('as');
  if (named !== null) history.replaceState(null, '', location.pathname);
  return named ?? undefined;
}

/** Only of the person who is played in this tab now. */
function storedPlace(): { chatId: string } | undefined {
  const stored: unknown = JSON.parse(sessionStorage.getItem(PLACE) ?? '[]');
  if (!Array.isArray(stored) || stored[0] !== me.peek() || typeof stored[1] !== 'string') return undefined;
  return { chatId: stored[1] };
}

function storedRead(): Readonly<Record<string, string>> {
  const stored: unknown = JSON.parse(localStorage.getItem(READ) ?? '{}');
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => typeof value === 'string'));
}
