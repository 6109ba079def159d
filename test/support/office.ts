/** A whole bot on a database in memory, with a platform that only writes down what it is sent. For tests below the network. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pino } from 'pino';
import type { Card } from '../../cards/card.ts';
import type { Database } from '../../db/database.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { seed } from '../../db/seed/seed.ts';
import { type App, buildApp } from '../../src/app.ts';
import { type Ctx, systemCtx } from '../../src/ctx.ts';
import type { AgentRole } from '../../src/domain/agent.ts';
import { type CallbackAnswer, type InboundMessage, LarkError, type SentFile } from '../../src/lark/port.ts';
import { enrolAgent } from '../../src/services/agent/enrol.ts';
import { type LedgerCheck, verifyLedger } from '../../src/services/ledger/verify.ts';
import { setUnitChat } from '../../src/services/unit/bind.ts';
import { createVault, type Vault } from '../../src/vault.ts';
import { preparedDatabase } from './databases.ts';

export const ZONE = 'Asia/Shanghai';

/** A clock that moves only when told. */
export class TestClock {
  #now: number;

  /** @param local e.g. `2026-11-23T10:00`, in Shanghai. */
  constructor(local: string) {
    this.#now = at(local);
  }

  now(): number {
    return this.#now;
  }

  to(local: string): void {
    this.#now = at(local);
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

/** Milliseconds of a local time in Shanghai, `2026-11-23T10:00` or with seconds. */
export function at(local: string): number {
  return new Date(`${local}+08:00`).getTime();
}

export interface Posted {
  readonly messageId: string;
  readonly target: string;
  /** The card as it stands now. */
  card: Card;
  updates: number;
}

/** A file that somebody got. */
export interface Filed {
  readonly target: string;
  readonly name: string;
  readonly content: Buffer;
}

export interface Office {
  readonly app: App;
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: TestClock;
  /** Everything posted, oldest first. */
  readonly posted: readonly Posted[];
  /** Every file posted, oldest first. */
  readonly files: readonly Filed[];
  /** What the next uploads and posts of files fail with, in this order. */
  readonly fileFaults: Error[];
  /** What the platform gives for the key of a picture or file, or fails with; without an entry the message was recalled. */
  readonly resources: Map<string, Buffer | Error>;
  state(): OfficeState;
  /** Adds a member of staff directly. Returns the open_id. */
  hire(person: { openId: string; name: string; unit: string; role?: AgentRole }): Promise<string>;
  /** Binds a group to a unit directly. */
  bindGroup(chatId: string, unit: string): Promise<void>;
  /** Types a line: in a private chat, or in a group with a mention of the bot. */
  says(openId: string, text: string, chatId?: string): Promise<void>;
  /** Sends pictures or files, with words or without, in a private chat or in a group with a mention of the bot. */
  sends(openId: string, message: Written & { readonly files: readonly SentFile[] }): Promise<void>;
  /** Replies to a message in a private chat, or in a group with a mention of the bot. */
  replies(openId: string, reply: Reply): Promise<void>;
  /** Presses a button by its label on the newest card in the chat that offers it. */
  clicks(openId: string, press: Press): Promise<CallbackAnswer>;
  /** Sends what is due, moving the clock as far as pacing asks. */
  settle(): Promise<void>;
  /** What the program does by itself, in a transaction. */
  asProgram<Result>(work: (ctx: Ctx) => Promise<Result>): Promise<Result>;
  /** `daiban ledger verify`. */
  checkLedger(): Promise<LedgerCheck>;
  close(): Promise<void>;
}

interface Written {
  readonly text?: string;
  /** The group it is written in; a private chat otherwise. */
  readonly chatId?: string;
  readonly wordless?: InboundMessage['wordless'];
  readonly files?: readonly SentFile[];
}

export interface Reply extends Written {
  /** The message that is replied to. */
  readonly to: Pick<Posted, 'messageId'>;
}

export interface Press {
  readonly target: string;
  readonly label: string;
  readonly form?: Readonly<Record<string, string | boolean>>;
  /** The message to press on; the newest in the target that has the button otherwise. */
  readonly on?: Posted;
}

/** What an office has left behind besides its database. */
export interface OfficeState {
  readonly now: number;
  readonly posted: readonly Posted[];
  readonly messages: number;
}

export interface OfficeOptions {
  readonly now?: string;
  readonly adminOpenIds?: string[];
  /** Only so many of the newest messages are remembered; updates of older ones go nowhere. */
  readonly keep?: number;
  /** The database to work on; a new one with units and items otherwise. */
  readonly db?: Database;
  /** Under another key than that of all tests. */
  readonly vault?: Vault;
  /** Goes on from where another office stopped. */
  readonly after?: OfficeState;
}

export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const clock = new TestClock(options.now ?? '2026-11-23T10:00');
  const db = options.db ?? (await preparedDatabase('seeded', (empty) => empty.write(seed)));
  const vault = options.vault ?? createVault(Buffer.alloc(32, 7));
  const posted: Posted[] = [];
  const files: Filed[] = [];
  const fileFaults: Error[] = [];
  const uploads = new Map<string, Omit<Filed, 'target'>>();
  const resources = new Map<string, Buffer | Error>();
  const filesByUuid = new Map<string, string>();
  let count = options.after?.messages ?? 0;
  if (options.after) {
    clock.advance(options.after.now - clock.now());
    posted.push(...structuredClone(options.after.posted.slice(-(options.keep ?? options.after.posted.length))));
  }
  const post = async (target: string, card: Card) => {
    const messageId = `om_test${++count}`;
    posted.push({ messageId, target, card, updates: 0 });
    if (posted.length > (options.keep ?? Number.POSITIVE_INFINITY)) posted.shift();
    return { messageId };
  };
  const targetOfMessage = new Map<string, string>();
  const app = buildApp({
    db,
    vault,
    clock,
    zone: ZONE,
    log: pino({ level: 'silent' }),
    adminOpenIds: options.adminOpenIds ?? ['ou_admin'],
    lark: {
      post: ({ target, card }) => post(target, card),
      reply: ({ messageId, card }) => post(targetOfMessage.get(messageId) ?? messageId, card),
      async upload({ name, bytes, read }) {
        const content = await buffer(read());
        if (content.length !== bytes) throw new Error(`${content.length} bytes instead of ${bytes}`);
        const fault = fileFaults.shift();
        if (fault) throw fault;
        const fileKey = `file_test${++count}`;
        uploads.set(fileKey, { name, content });
        return { fileKey };
      },
      async postFile({ target, fileKey, uuid }) {
        const known = filesByUuid.get(uuid);
        const file = uploads.get(fileKey);
        if (!file) throw new Error(`no file ${fileKey}`);
        const messageId = known ?? `om_test${++count}`;
        if (known === undefined) files.push({ target, ...file });
        filesByUuid.set(uuid, messageId);
        const fault = fileFaults.shift();
        if (fault) throw fault;
        return { messageId };
      },
      async download({ key, bytesMax }) {
        const content = resources.get(key) ?? new LarkError('expired', 'recalled', { code: 230110 });
        if (content instanceof Error) throw content;
        if (content.length > bytesMax) throw new LarkError('oversized', `more than ${bytesMax} bytes`);
        return Readable.from([content]);
      },
      async update({ messageId, card }) {
        const message = posted.find((candidate) => candidate.messageId === messageId);
        if (!message && options.keep !== undefined) return;
        if (!message) throw new Error(`no message ${messageId}`);
        message.card = card;
        message.updates++;
      },
    },
  });
  await app.prepare();

  function asProgram<Result>(work: (ctx: Ctx) => Promise<Result>): Promise<Result> {
    return db.write((tx) => work(systemCtx({ clock, zone: ZONE, vault }, tx, 'test')));
  }

  async function unitId(name: string): Promise<number> {
    const units = await db.read((tx) =>
      unitReads.ofLevels(tx, ['banner', 'department', 'town', 'village', 'outlet', 'league', 'region']),
    );
    const unit = units.find((candidate) => candidate.name === name);
    if (!unit) throw new Error(`no unit ${name}`);
    return unit.id;
  }

  async function writes(openId: string, message: Written & { readonly repliedTo?: string }): Promise<void> {
    const { chatId, text = '', files = [], ...more } = message;
    const messageId = `om_said${++count}`;
    targetOfMessage.set(messageId, chatId ?? openId);
    const wordless = text === '' && files.length > 0 ? { wordless: 'picture' as const } : {};
    await app.receive({
      ...wordless,
      ...more,
      kind: 'message',
      eventId: `ev${count}`,
      messageId,
      chatId: chatId ?? `oc_p2p_${openId}`,
      chatType: chatId ? 'group' : 'p2p',
      openId,
      text,
      files,
      mentionsBot: true,
    });
  }

  return {
    app,
    db,
    vault,
    clock,
    posted,
    files,
    fileFaults,
    resources,
    state: () => structuredClone({ now: clock.now(), posted, messages: count }),
    async hire({ openId, name, unit, role = 'agent' }) {
      const id = await unitId(unit);
      const person = { openId, name, unitId: id, role, employment: 'fullTime' as const, appliedAt: clock.now() };
      await asProgram((ctx) => enrolAgent(ctx, person));
      return openId;
    },
    async bindGroup(chatId, unit) {
      const id = await unitId(unit);
      await app.receive({
        kind: 'botAdded',
        eventId: `ev_bot_${chatId}`,
        chatId,
        chatName: `${unit}群`,
        openId: undefined,
      });
      await asProgram((ctx) => setUnitChat(ctx, { unitId: id, chatId }));
    },
    says: (openId, text, chatId) => writes(openId, { text, ...(chatId === undefined ? {} : { chatId }) }),
    sends: writes,
    replies: (openId, { to, ...message }) => writes(openId, { ...message, repliedTo: to.messageId }),
    async clicks(openId, { target, label, form = {}, on }) {
      const message = on ?? posted.findLast((one) => one.target === target && buttonOf(one.card, label) !== undefined);
      const value = message && buttonOf(message.card, label);
      if (!message || value === undefined) throw new Error(`no button ${label} in ${target}`);
      const answer = await app.receive({
        kind: 'action',
        eventId: `ev${++count}`,
        messageId: message.messageId,
        chatId: target.startsWith('ou_') ? `oc_p2p_${target}` : target,
        openId,
        value,
        form,
      });
      if (answer.card) message.card = answer.card.data;
      return answer;
    },
    async settle() {
      for (let round = 0; round < 50; round++) {
        await app.importer.drain();
        // A stretch of sending ends by itself long after; a paper that waits for a retry is a test's own affair.
        await app.papers.drain();
        const next = await app.dispatcher.drain();
        if (next === undefined) return;
        clock.advance(Math.max(1, next - clock.now()));
      }
      throw new Error('the outbox does not come to rest');
    },
    asProgram,
    checkLedger: () => db.read((tx) => verifyLedger({ tx, vault })),
    close: () => db.close(),
  };
}

/** The value of the button with this label anywhere in the card. */
export function buttonOf(node: unknown, label: string): unknown {
  if (Array.isArray(node)) {
    for (const child of node) {
      const value = buttonOf(child, label);
      if (value !== undefined) return value;
    }
    return undefined;
  }
  if (typeof node !== 'object' || node === null) return undefined;
  const element = node as { tag?: unknown; text?: { content?: unknown }; behaviors?: { value?: unknown }[] };
  if (element.tag === 'button' && element.text?.content === label) return element.behaviors?.[0]?.value ?? {};
  return buttonOf(Object.values(node), label);
}

/** All words of a card, one per line. */
export function wordsOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(wordsOf).filter(Boolean).join('\n');
  if (typeof node !== 'object' || node === null) return '';
  return Object.entries(node)
    .map(([key, value]) => (key === 'content' && typeof value === 'string' ? value : wordsOf(value)))
    .filter(Boolean)
    .join('\n');
}
