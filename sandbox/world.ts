/** The state of the pretended platform: people, chats, messages, files. Plain data and the operations on it; no network. */

/** Where the time comes from: the sandbox never asks the machine. */
export interface Clock {
  now(): number;
}

export interface PersonRecord {
  readonly openId: string;
  readonly name: string;
}

export interface ChatRecord {
  readonly chatId: string;
  readonly name: string;
  readonly mode: 'group' | 'p2p';
  /** Open ids of the people in it; the bot is not listed, as on the platform. */
  readonly members: readonly string[];
  readonly hasBot: boolean;
  readonly dissolved: boolean;
}

interface Mention {
  readonly key: string;
  readonly openId: string;
  readonly name: string;
}

export interface MessageRecord {
  readonly messageId: string;
  readonly chatId: string;
  /** Open id of the person who wrote it; undefined for the bot. */
  readonly senderOpenId: string | undefined;
  readonly msgType: string;
  /** The platform's `content`: JSON text, its shape depends on `msgType`. */
  readonly content: string;
  readonly mentions: readonly Mention[];
  readonly rootId: string | undefined;
  readonly parentId: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly updated: boolean;
  readonly recalled: boolean;
}

export interface FileRecord {
  readonly key: string;
  readonly kind: 'image' | 'file';
  readonly type: string;
  readonly name: string;
  readonly bytes: Buffer;
}

export type WorldChange =
  | { readonly kind: 'person'; readonly person: PersonRecord }
  | { readonly kind: 'chat'; readonly chat: ChatRecord }
  | { readonly kind: 'message'; readonly message: MessageRecord };

type NewMessage = Pick<MessageRecord, 'chatId' | 'senderOpenId' | 'msgType' | 'content'> &
  Partial<Pick<MessageRecord, 'mentions' | 'parentId'>>;

export class World {
  readonly clock: Clock;
  readonly bot: PersonRecord;
  /** When this world began, by its clock. */
  readonly startedAt: number;
  readonly people = new Map<string, PersonRecord>();
  readonly chats = new Map<string, ChatRecord>();
  readonly messages = new Map<string, MessageRecord>();
  readonly files = new Map<string, FileRecord>();
  readonly #messagesOfChat = new Map<string, string[]>();
  readonly #listeners = new Set<(change: WorldChange) => void>();
  /** Keeps ids of one start apart from those of the next one: a bot remembers message ids for hours. */
  readonly #start: string;
  #count = 0;
  readonly #pressed: string[] = [];

  constructor(options: { clock: Clock; botName: string }) {
    this.clock = options.clock;
    this.startedAt = options.clock.now();
    this.#start = this.startedAt.toString(36);
    this.bot = { openId: 'ou_sandbox_bot', name: options.botName };
  }

  /** A fresh id such as `om_mhx3k2f10001`. */
  newId(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.#start}${this.#count.toString().padStart(4, '0')}`;
  }

  /** Calls back after every change; returns the way to stop. */
  onChange(listener: (change: WorldChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds a person to the tenant. Throws when the open id is taken. */
  addPerson(person: { name: string; openId?: string | undefined }): PersonRecord {
    const record = { openId: person.openId ?? this.newId('ou'), name: person.name };
    if (this.people.has(record.openId)) throw new Error(`open_id ${record.openId} is taken`);
    this.people.set(record.openId, record);
    this.#changed({ kind: 'person', person: record });
    return record;
  }

  /** Adds a group. Throws when the chat id is taken or a member is not a person of this world. */
  addGroup(group: {
    name: string;
    members: readonly string[];
    hasBot: boolean;
    chatId?: string | undefined;
  }): ChatRecord {
    const chatId = group.chatId ?? this.newId('oc');
    if (this.chats.has(chatId)) throw new Error(`chat_id ${chatId} is taken`);
    for (const openId of group.members) this.#mustKnow(openId);
    return this.#putChat({ ...group, members: [...group.members], chatId, mode: 'group', dissolved: false });
  }

  /** The private chat of the bot with a person, made on first use. */
  privateChat(openId: string): ChatRecord {
    const person = this.#mustKnow(openId);
    const chatId = `oc_p2p_${openId.replace(/^ou_/, '')}`;
    const known = this.chats.get(chatId);
    if (known !== undefined) return known;
    return this.#putChat({ chatId, name: person.name, mode: 'p2p', members: [openId], hasBot: true, dissolved: false });
  }

  /** Changes membership, name or state of a chat. Throws for an unknown chat. */
  changeChat(chatId: string, change: Partial<Omit<ChatRecord, 'chatId' | 'mode'>>): ChatRecord {
    const chat = this.chats.get(chatId);
    if (chat === undefined) throw new Error(`no chat ${chatId}`);
    return this.#putChat({ ...chat, ...change });
  }

  /** Stores a message; rights and shape were checked by whoever calls. */
  addMessage(message: NewMessage): MessageRecord {
    const parent = message.parentId === undefined ? undefined : this.messages.get(message.parentId);
    const now = this.clock.now();
    const record: MessageRecord = {
      messageId: this.newId('om'),
      chatId: message.chatId,
      senderOpenId: message.senderOpenId,
      msgType: message.msgType,
      content: message.content,
      mentions: message.mentions ?? [],
      parentId: parent?.messageId,
      rootId: parent === undefined ? undefined : (parent.rootId ?? parent.messageId),
      createdAt: now,
      updatedAt: now,
      updated: false,
      recalled: false,
    };
    const ids = this.#messagesOfChat.get(message.chatId) ?? [];
    ids.push(record.messageId);
    this.#messagesOfChat.set(message.chatId, ids);
    return this.#putMessage(record);
  }

  /** Replaces the content of a message. Throws for an unknown message. */
  updateMessage(messageId: string, content: string): MessageRecord {
    return this.#putMessage({ ...this.#mustHave(messageId), content, updated: true, updatedAt: this.clock.now() });
  }

  /** Somebody presses a card: until the function returned is called the platform lets nobody change it. */
  press(messageId: string): () => void {
    this.#pressed.push(messageId);
    return () => void this.#pressed.splice(this.#pressed.indexOf(messageId), 1);
  }

  isPressed(messageId: string): boolean {
    return this.#pressed.includes(messageId);
  }

  /** Recalls a message: it stays listed, marked. Throws for an unknown message. */
  recallMessage(messageId: string): MessageRecord {
    return this.#putMessage({ ...this.#mustHave(messageId), recalled: true, updatedAt: this.clock.now() });
  }

  /** The messages of a chat, oldest first, as they are now. */
  messagesOf(chatId: string): MessageRecord[] {
    return (this.#messagesOfChat.get(chatId) ?? []).flatMap((id) => this.messages.get(id) ?? []);
  }

  /** Keeps an upload and gives it a key. */
  addFile(file: Omit<FileRecord, 'key'>): FileRecord {
    const record = { ...file, key: this.newId(file.kind === 'image' ? 'img_v3' : 'file_v3') };
    this.files.set(record.key, record);
    return record;
  }

  #mustKnow(openId: string): PersonRecord {
    const person = this.people.get(openId);
    if (person === undefined) throw new Error(`no person ${openId}`);
    return person;
  }

  #mustHave(messageId: string): MessageRecord {
    const message = this.messages.get(messageId);
    if (message === undefined) throw new Error(`no message ${messageId}`);
    return message;
  }

  #putChat(chat: ChatRecord): ChatRecord {
    this.chats.set(chat.chatId, chat);
    this.#changed({ kind: 'chat', chat });
    return chat;
  }

  #putMessage(message: MessageRecord): MessageRecord {
    this.messages.set(message.messageId, message);
    this.#changed({ kind: 'message', message });
    return message;
  }

  #changed(change: WorldChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
