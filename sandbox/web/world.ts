/** The sandbox's world as this page knows it, kept fresh by the stream of changes. */
import { computed, signal } from '@preact/signals';
import { api, type Change, type Chat, type CommandInfo, type Message, type PersonInfo, type State } from './api.ts';

export const bot = signal<State['bot']>({ openId: '', name: '代办' });
export const people = signal<readonly PersonInfo[]>([]);
export const chats = signal<readonly Chat[]>([]);
export const messages = signal<readonly Message[]>([]);
export const commands = signal<readonly CommandInfo[]>([]);
export const canReset = signal(false);
/** `lost` while the sandbox does not answer, `restarting` when it was asked to begin anew. */
export const connection = signal<'loading' | 'live' | 'lost' | 'restarting'>('loading');
/** How far the sandbox's clock is ahead of this machine's. */
export const clockAhead = signal(0);

const messagesByChat = computed(() => {
  const byChat = new Map<string, Message[]>();
  for (const message of messages.value) {
    const list = byChat.get(message.chatId);
    if (list === undefined) byChat.set(message.chatId, [message]);
    else list.push(message);
  }
  return byChat;
});

/** The messages of a chat, oldest first. */
export function messagesOf(chatId: string): readonly Message[] {
  return messagesByChat.value.get(chatId) ?? [];
}

export function nameOf(openId: string): string {
  if (openId === bot.value.openId) return bot.value.name;
  return people.value.find((person) => person.openId === openId)?.name ?? openId;
}

/** The sandbox's time now. */
export function sandboxNow(): number {
  return Date.now() + clockAhead.value;
}

export function setClock(now: number): void {
  clockAhead.value = now - Date.now();
}

/** Loads everything, then follows the changes. A lost stream comes back by itself and loads again. */
export function follow(): () => void {
  const stream = new EventSource('/sandbox/events');
  stream.addEventListener('open', () => {
    if (connection.value === 'live') lose();
    void load();
  });
  stream.addEventListener('error', lose);
  stream.addEventListener('message', (event: MessageEvent<string>) => {
    const change = changeOf(event.data);
    if (connection.value !== 'live') arrived.push(change);
    take(change);
  });
  const clock = setInterval(() => void loadPeople().catch(() => undefined), CLOCK_LOOK_MS);
  return () => {
    stream.close();
    clearInterval(clock);
  };
}

const RETRY_MS = 800;
let retry: ReturnType<typeof setTimeout> | undefined;

function lose(): void {
  if (connection.value !== 'restarting') connection.value = 'lost';
}

/** Others may move the clock too. */
const CLOCK_LOOK_MS = 10_000;

/** Changes that came while everything was being loaded: the answer may be older than they are. */
let arrived: Change[] = [];

async function load(): Promise<void> {
  arrived = [];
  try {
    const [state] = await Promise.all([api.state(), loadPeople(), loadCommands()]);
    bot.value = state.bot;
    chats.value = state.chats;
    messages.value = state.messages;
    for (const change of arrived) take(change);
    connection.value = 'live';
  } catch {
    // A sandbox that begins anew opens its stream before it can answer everything.
    lose();
    clearTimeout(retry);
    retry = setTimeout(() => void load(), RETRY_MS);
  }
}

async function loadPeople(): Promise<void> {
  const answer = await api.people();
  setClock(answer.now);
  canReset.value = answer.canReset;
  people.value = answer.people;
}

async function loadCommands(): Promise<void> {
  commands.value = await api.commands();
}

/** The stream carries what the sandbox's world reports, one JSON object each. */
function changeOf(data: string): Change {
  return JSON.parse(data) as Change;
}

function take(change: Change): void {
  if (change.kind === 'chat') chats.value = replaced(chats.value, change.chat, (chat) => chat.chatId);
  if (change.kind === 'message') {
    messages.value = replaced(messages.value, change.message, (message) => message.messageId);
  }
  if (change.kind === 'person') void loadPeople();
}

/** A chat that this page has just opened is there at once. */
export function noteChat(chat: Chat): void {
  take({ kind: 'chat', chat });
}

function replaced<Item>(list: readonly Item[], item: Item, keyOf: (item: Item) => string): readonly Item[] {
  const at = list.findLastIndex((one) => keyOf(one) === keyOf(item));
  return at === -1 ? [...list, item] : list.with(at, item);
}
