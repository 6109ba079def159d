/** What a person of the sandbox can do: speak, press buttons, enter the private chat, read. */
import { type Act, act } from './act.ts';
import { asList, asNode, isNode } from './card-node.ts';
import { cardProblems } from './card-schema.ts';
import { type ClientCode, clientCodes } from './client-codes.ts';
import { type CallbackAnswer, callbackAnswer, type Envelopes, type PressedAction } from './envelope.ts';
import type { FormInput } from './form-fields.ts';
import { hasButton, press } from './press.ts';
import type { Push } from './push.ts';
import { type Enclosure, type Saying, saidByFile, saidByPicture, saidInWords, smallPicture } from './said.ts';
import { messageText } from './text.ts';
import type { ChatRecord, MessageRecord, PersonRecord, World } from './world.ts';

export interface ClickResult {
  readonly toast: CallbackAnswer['toast'];
  /** The card the bot answered with; the message shows it now. */
  readonly card: Readonly<Record<string, unknown>> | undefined;
  /** What the client shows when the press came to nothing. */
  readonly error: { readonly code: ClientCode; readonly reason: string } | undefined;
}

export interface PersonContext {
  readonly world: World;
  readonly push: Push;
  readonly envelopes: Envelopes;
}

export class Person {
  readonly openId: string;
  readonly name: string;
  readonly #context: PersonContext;

  constructor(record: PersonRecord, context: PersonContext) {
    this.openId = record.openId;
    this.name = record.name;
    this.#context = context;
  }

  /** The private chat with the bot. */
  get privateChat(): ChatRecord {
    return this.#context.world.privateChat(this.openId);
  }

  /**
   * Writes a text into a chat, or with the text alone into the private chat with the bot. In a group the bot is mentioned
   * unless `mention` is false; then it hears nothing. Resolves when the bot has acknowledged the event, or when it is on the retry plan.
   */
  async says(text: string): Promise<MessageRecord>;
  async says(chat: ChatRecord | undefined, text: string, options?: Saying): Promise<MessageRecord>;
  async says(
    chatOrText: ChatRecord | string | undefined,
    words?: string,
    options: Saying = {},
  ): Promise<MessageRecord> {
    const text = typeof chatOrText === 'string' ? chatOrText : (words ?? '');
    const chat = this.#mine(typeof chatOrText === 'string' || chatOrText === undefined ? this.privateChat : chatOrText);
    const mentioned = options.mention ?? (chat.mode === 'group' && chat.hasBot);
    const said = saidInWords(this.#context.world, { text, mentioned, pictures: options.pictures ?? [] });
    return this.#utter(chat, { ...said, repliesTo: options.repliesTo });
  }

  /** Sends a picture alone. In a group it mentions nobody, so that the bot never hears of it. */
  async shows(chat?: ChatRecord, picture = smallPicture, how: Pick<Saying, 'repliesTo'> = {}): Promise<MessageRecord> {
    return this.#utter(this.#mine(chat ?? this.privateChat), {
      ...saidByPicture(this.#context.world, picture),
      ...how,
    });
  }

  /** Sends a file; it reaches the bot as a picture does. */
  async gives(
    chat: ChatRecord | undefined,
    file: Enclosure,
    how: Pick<Saying, 'repliesTo'> = {},
  ): Promise<MessageRecord> {
    return this.#utter(this.#mine(chat ?? this.privateChat), { ...saidByFile(this.#context.world, file), ...how });
  }

  /** Puts the message into the chat and tells the bot what the platform would tell it. */
  async #utter(
    chat: ChatRecord,
    said: Pick<MessageRecord, 'msgType' | 'content' | 'mentions'> & Pick<Saying, 'repliesTo'>,
  ): Promise<MessageRecord> {
    const { world, push, envelopes } = this.#context;
    const { repliesTo, ...content } = said;
    const parent = repliesTo === undefined ? undefined : world.messages.get(repliesTo.messageId);
    if (repliesTo !== undefined && parent?.chatId !== chat.chatId) throw new Error('no such message in this chat');
    if (parent?.recalled) throw new Error('the message was recalled');
    const message = world.addMessage({
      ...content,
      chatId: chat.chatId,
      senderOpenId: this.openId,
      ...(parent === undefined ? {} : { parentId: parent.messageId }),
    });
    if (chat.hasBot && (chat.mode === 'p2p' || message.mentions.length > 0))
      await push.event(envelopes.message(message));
    return message;
  }

  /**
   * Presses a button by its text: on the given message, or on the newest message of the given chat that has it enabled.
   * `form` names fields by label or component name. Throws for what a client would not allow.
   */
  async clicks(target: MessageRecord | ChatRecord, label: string, form: FormInput = {}): Promise<ClickResult> {
    const { world } = this.#context;
    const chat = this.#mine(world.chats.get(target.chatId));
    const message = 'messageId' in target ? world.messages.get(target.messageId) : this.#newestWith(chat, label);
    if (message === undefined) throw new Error(`no card in ${chat.name} has an enabled button ${label}`);
    return this.#send(message, (card, people) => press(card, { label, form, people }));
  }

  /** Presses the component at a path of a card: what a page does that has drawn the card itself. Throws as `clicks` does. */
  async acts(target: MessageRecord, at: Omit<Act, 'people'>): Promise<ClickResult> {
    this.#mine(this.#context.world.chats.get(target.chatId));
    return this.#send(target, (card, people) => act(card, { ...at, people }));
  }

  async #send(
    message: MessageRecord,
    read: (card: unknown, people: readonly PersonRecord[]) => PressedAction,
  ): Promise<ClickResult> {
    const { world, push, envelopes } = this.#context;
    if (message.recalled) throw new Error('the message was recalled');
    if (message.msgType !== 'interactive') throw new Error('the message is no card');
    const members = world.chats.get(message.chatId)?.members ?? [];
    const people = members.flatMap((openId) => world.people.get(openId) ?? []);
    const card: unknown = JSON.parse(message.content);
    const action = read(card, people);
    if (hasBareChecker(card)) return failed(clientCodes.notConfigured, 'a checker without a value');
    const release = world.press(message.messageId);
    const callback = envelopes.action({ message, operator: this.openId, action });
    const delivered = await push.callback(callback).finally(release);
    if (!delivered.ok) return failed(delivered.code, delivered.problem);
    return this.#apply(message, delivered.answer);
  }

  /** Opens the private chat with the bot. */
  async enters(): Promise<void> {
    const { push, envelopes } = this.#context;
    await push.event(envelopes.chatEntered(this.privateChat, this.openId));
  }

  /** The messages of a chat as this person reads them, oldest first, one entry each (a card has several lines). */
  sees(chat: ChatRecord = this.privateChat): string[] {
    const { world } = this.#context;
    const nameOf = (openId: string) => (openId === world.bot.openId ? world.bot.name : world.people.get(openId)?.name);
    return world.messagesOf(this.#mine(chat).chatId).map((message) => {
      const sender = message.senderOpenId === undefined ? world.bot.name : nameOf(message.senderOpenId);
      let text = messageText(message, nameOf);
      for (const mention of message.mentions) text = text.replace(mention.key, `@${mention.name}`);
      return `${sender}：${text}`;
    });
  }

  #mine(chat: ChatRecord | undefined): ChatRecord {
    const now = chat === undefined ? undefined : this.#context.world.chats.get(chat.chatId);
    if (now === undefined) throw new Error('no such chat');
    if (!now.members.includes(this.openId)) throw new Error(`${this.name} is not in ${now.name}`);
    return now;
  }

  #newestWith(chat: ChatRecord, label: string): MessageRecord | undefined {
    return this.#context.world
      .messagesOf(chat.chatId)
      .findLast(
        (message) =>
          message.msgType === 'interactive' && !message.recalled && hasButton(JSON.parse(message.content), label),
      );
  }

  #apply(message: MessageRecord, answer: unknown): ClickResult {
    const parsed = callbackAnswer.safeParse(answer);
    if (!parsed.success) {
      return failed(clientCodes.badAnswer, `the answer has a wrong form: ${parsed.error.issues[0]?.message ?? ''}`);
    }
    const { toast, card } = parsed.data;
    if (card === undefined) return { toast, card: undefined, error: undefined };
    if (asNode(card.data).schema !== '2.0') return failed(clientCodes.otherFormat, 'the card is of another format');
    const [problem] = cardProblems(card.data);
    if (problem !== undefined) {
      return failed(clientCodes.badCard, `the card is refused: ${problem.path}: ${problem.message}`);
    }
    this.#context.world.updateMessage(message.messageId, JSON.stringify(card.data));
    return { toast, card: card.data, error: undefined };
  }
}

function failed(code: ClientCode, reason: string): ClickResult {
  return { toast: undefined, card: undefined, error: { code, reason } };
}

/** Clients check a card before they send anything of it: a box to tick that would send nothing of its own fails it. */
function hasBareChecker(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hasBareChecker);
  if (!isNode(node)) return false;
  const sends = Object.keys(asNode(node.value)).length > 0 || asList(node.behaviors).length > 0;
  if (node.tag === 'checker' && !sends) return true;
  return Object.values(node).some(hasBareChecker);
}
