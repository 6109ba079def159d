/**
 * The one door. A delivery is dealt with in one transaction: noted in the inbox, done, answered; a repeat gets the stored
 * answer. A refusal undoes what the service wrote but keeps the inbox row. Nothing here awaits the network.
 */
import type { Logger } from 'pino';
import { decodeAction } from '../cards/action-values.ts';
import type { Card } from '../cards/card.ts';
import { noticeCard } from '../cards/notice.ts';
import type { Database, Tx } from '../db/database.ts';
import { TransactionLost } from '../db/errors.ts';
import { agentReads } from '../db/repositories/agent.ts';
import { chatReads, chatWrites } from '../db/repositories/chat.ts';
import { inboxReads, inboxWrites } from '../db/repositories/inbox.ts';
import { unitReads } from '../db/repositories/unit.ts';
import type { Vault } from '../db/vault.ts';
import { type ActionCtx, type ActionOutcome, freshCard } from './actions/action.ts';
import { actions } from './actions/index.ts';
import { askForUnit } from './commands/bind.ts';
import { fixed } from './commands/command.ts';
import { runLine } from './commands/dispatch.ts';
import { greeting } from './commands/help.ts';
import { commands } from './commands/index.ts';
import { joinContent } from './commands/join.ts';
import type { Actor, Ctx } from './ctx.ts';
import { describeFault } from './lark/fault.ts';
import type { CallbackAnswer, Inbound, InboundAction, InboundMessage, KeepUnreadable, Receive } from './lark/port.ts';
import type { Dealt } from './metrics.ts';
import { type RefusalCode, Refused } from './refusals.ts';
import type { OutboxContent } from './services/message/content.ts';
import { enqueuePost, enqueueReply } from './services/message/enqueue.ts';
import { leaveChat } from './services/unit/leave.ts';

export interface EntranceOptions {
  readonly db: Database;
  readonly vault: Vault;
  readonly zone: string;
  readonly clock: { now(): number };
  readonly log: Logger;
  /** Called after a commit: the outbox may have something to send. */
  readonly wake: () => void;
  /** Told of every delivery, after its commit. */
  readonly onDealt?: (delivery: Dealt) => void;
}

const GREETED_AGAIN_MS = 7 * 24 * 3_600_000;
const ANSWER_CONTEXT = 'inbox.answer';
const BUG_WORDS = '出了点问题，已记录下来，请稍后再试；一直不行请联系管理员。';

export function createEntrance(options: EntranceOptions): { receive: Receive; keepUnreadable: KeepUnreadable } {
  const { db, vault, clock, zone } = options;

  async function receive(inbound: Inbound, log: Logger = options.log): Promise<CallbackAnswer> {
    const began = performance.now();
    const tell = (ended: Pick<Dealt, 'status' | 'refusal'>) => {
      const tookMs = performance.now() - began;
      const delivery = { kind: inbound.kind, step: stepOf(inbound), tookMs, ...ended };
      log.debug({ eventId: inbound.eventId, ...delivery }, 'a delivery was dealt with');
      options.onDealt?.(delivery);
    };
    try {
      const { given, ...ended } = await db.write((tx) => receiveIn(tx, { inbound, log }));
      tell(ended);
      options.wake();
      const { living, ...answer } = given;
      if (living === undefined || inbound.kind !== 'action') return answer;
      return { ...answer, ...(await pressedCard(inbound, { living, log })) };
    } catch (error) {
      tell({ status: 'lost' });
      throw error;
    }
  }

  /** What was done stands and is answered, even if its card cannot be drawn now: an update of the card follows anyway. */
  async function pressedCard(
    { messageId, eventId }: InboundAction,
    { living, log }: { living: Living; log: Logger },
  ): Promise<Pick<CallbackAnswer, 'card'>> {
    try {
      if (living.draw) return raw(living.draw());
      return raw(await db.read((tx) => freshCard({ tx, now: clock.now(), zone, vault }, messageId)));
    } catch (error) {
      log.error({ fault: describeFault(error), eventId }, 'the pressed card could not be drawn');
      return {};
    }
  }

  async function receiveIn(tx: Tx, of: { inbound: Inbound; log: Logger }): Promise<Received> {
    const { inbound } = of;
    const now = clock.now();
    const repeated = await claim(tx, { inbound, now });
    if (repeated) {
      const { answerSealed } = repeated;
      return { given: answerSealed === null ? {} : parseAnswer(vault, answerSealed), status: 'repeated' };
    }
    const openId = 'openId' in inbound ? inbound.openId : undefined;
    const ctx: Ctx = { tx, now, zone, vault, actor: await resolveActor(tx, openId) };
    const dealt = await deal(ctx, of);
    const { given, status } = dealt;
    const answerSealed = Object.keys(given).length === 0 ? null : vault.seal(ANSWER_CONTEXT, JSON.stringify(given));
    await inboxWrites.answer(tx, { key: inboxKey(inbound), status, answerSealed });
    return dealt;
  }

  async function keepUnreadable(delivery: { key: string; body: string; problem: string }): Promise<void> {
    await db.write(async (tx) => {
      const answerSealed = vault.seal(ANSWER_CONTEXT, delivery.body);
      const row = { key: `unreadable:${delivery.key}`, kind: 'unreadable', receivedAt: clock.now(), answerSealed };
      await inboxWrites.claim(tx, { ...row, status: 'unreadable' });
    });
    options.onDealt?.({ kind: 'unreadable', step: 'unreadable', status: 'unreadable', tookMs: 0 });
  }

  return { receive, keepUnreadable };
}

/** The earlier row when the delivery is a repeat. The same message may come under several event ids. */
async function claim(tx: Tx, of: { inbound: Inbound; now: number }) {
  const key = inboxKey(of.inbound);
  const row = { key, kind: of.inbound.kind, receivedAt: of.now, status: 'done' as const };
  return (await inboxWrites.claim(tx, row)) ? undefined : inboxReads.byKey(tx, key);
}

/** What is measured together: each button, each other kind of delivery. What does not decode has no name of its own. */
function stepOf(inbound: Inbound): string {
  return inbound.kind === 'action' ? (decodeAction(inbound.value)?.action ?? 'unknown') : inbound.kind;
}

function inboxKey(inbound: Inbound): string {
  return inbound.kind === 'message' ? `message:${inbound.messageId}` : `event:${inbound.eventId}`;
}

async function resolveActor(tx: Tx, openId: string | undefined): Promise<Actor> {
  if (openId === undefined) return { kind: 'system', name: 'platform' };
  const agent = await agentReads.byOpenId(tx, openId);
  const unit = agent && (await unitReads.byId(tx, agent.unitId));
  if (agent?.status === 'active' && unit) return { kind: 'agent', agent, unit };
  return { kind: 'stranger', openId, agent };
}

/** The answer's card is drawn after the commit: by `draw`, which a kept answer does not have, or else from the state then. */
interface Living {
  readonly draw?: () => Card;
}

type Given = CallbackAnswer & { readonly living?: Living };

interface Received {
  readonly given: Given;
  readonly status: 'done' | 'refused' | 'failed' | 'repeated';
  readonly refusal?: RefusalCode | undefined;
}

/** Runs the handler so that a refusal or a fault undoes what it wrote, and puts either into words. */
async function deal(
  ctx: Ctx,
  of: { inbound: Inbound; log: Logger },
): Promise<Received & { status: 'done' | 'refused' | 'failed' }> {
  const { inbound, log } = of;
  await noteChat(ctx, inbound);
  try {
    return { given: await ctx.tx.savepoint(() => handle(ctx, inbound)), status: 'done' };
  } catch (error) {
    if (error instanceof TransactionLost) throw error;
    const refusal = error instanceof Refused ? error : undefined;
    if (!refusal)
      log.error({ fault: describeFault(error), eventId: inbound.eventId, kind: inbound.kind }, 'handler failed');
    const status = refusal ? 'refused' : 'failed';
    const sentence = refusal?.sentence ?? BUG_WORDS;
    if (inbound.kind === 'message') await answerMessage(ctx, { inbound, content: refusalNotice(refusal, sentence) });
    if (inbound.kind !== 'action') return { given: {}, status, refusal: refusal?.code };
    const card = refusal && showsStaleCard(refusal.code) ? 'living' : undefined;
    const toast = { type: refusal ? ('warning' as const) : ('error' as const), content: sentence };
    return { given: given({ toast, card }), status, refusal: refusal?.code };
  }
}

function refusalNotice(refusal: Refused | undefined, sentence: string): OutboxContent {
  const title = refusal ? '没有办成' : '出错了';
  return fixed(noticeCard({ tone: refusal ? 'warning' : 'error', title, lines: [sentence] }));
}

/** After these the pressed card is out of date; a refusal about what was typed must leave the form as it is. */
function showsStaleCard(code: RefusalCode): boolean {
  return (
    code === 'card_outdated' || code === 'report_already' || (code.startsWith('case_') && code !== 'case_not_yours')
  );
}

async function handle(ctx: Ctx, inbound: Inbound): Promise<Given> {
  switch (inbound.kind) {
    case 'message':
      await handleMessage(ctx, inbound);
      return {};
    case 'action':
      return handleAction(ctx, inbound);
    case 'botAdded':
      await enqueuePost(ctx, { target: inbound.chatId, content: await askForUnit(ctx, inbound.chatId) });
      return {};
    case 'botRemoved':
      await leaveChat(ctx, inbound.chatId);
      return {};
    case 'chatEntered':
      await greet(ctx, inbound.openId);
      return {};
  }
}

/** The platform tells of every opening of the private chat; people want to be greeted once in a while. */
async function greet(ctx: Ctx, openId: string): Promise<void> {
  await chatWrites.joined(ctx.tx, { chatId: openId, mode: 'p2p', name: '' });
  const greetedAt = (await chatReads.byId(ctx.tx, openId))?.greetedAt ?? 0;
  if (ctx.now - greetedAt < GREETED_AGAIN_MS) return;
  await chatWrites.greeted(ctx.tx, { chatId: openId, at: ctx.now });
  await enqueuePost(ctx, { target: openId, content: await greeting(ctx, commands) });
  if (ctx.actor.kind === 'stranger') await enqueuePost(ctx, { target: openId, content: await joinContent(ctx) });
}

async function handleMessage(ctx: Ctx, inbound: InboundMessage): Promise<void> {
  if (!inbound.mentionsBot) return;
  const chat = { chatId: inbound.chatId, type: inbound.chatType };
  const content = await runLine({ chat, openId: inbound.openId, ...ctx }, inbound.text);
  if (content) await answerMessage(ctx, { inbound, content });
}

/** In a group the answer quotes the question; in a private chat it just follows. */
async function answerMessage(ctx: Ctx, of: { inbound: InboundMessage; content: OutboxContent }): Promise<void> {
  const { inbound, content } = of;
  if (inbound.chatType === 'p2p') return enqueuePost(ctx, { target: inbound.openId, content });
  return enqueueReply(ctx, { target: inbound.chatId, messageId: inbound.messageId, content });
}

async function handleAction(ctx: Ctx, inbound: InboundAction): Promise<Given> {
  const value = decodeAction(inbound.value);
  if (!value) throw new Refused('button_unknown');
  // The table pairs each name with the handler of that very value; the compiler cannot follow the pairing across the look-up.
  const run = actions[value.action] as (ctx: ActionCtx, value: unknown) => ReturnType<(typeof actions)['case.accept']>;
  return given(await run(actionCtx(ctx, inbound), value));
}

function given({ toast, card }: ActionOutcome): Given {
  if (card === 'living') return { toast, living: {} };
  return typeof card === 'function' ? { toast, living: { draw: card } } : { toast, ...raw(card) };
}

function actionCtx(ctx: Ctx, inbound: InboundAction): ActionCtx {
  return { clickedMessageId: inbound.messageId, click: inbound, ...ctx };
}

function raw(card: Card | undefined): Pick<CallbackAnswer, 'card'> {
  return card ? { card: { type: 'raw', data: card } } : {};
}

/** Keeps count of what is said in a chat, so that a card people have talked over can be told. */
async function noteChat(ctx: Ctx, inbound: Inbound): Promise<void> {
  if (inbound.kind === 'botAdded') {
    await chatWrites.joined(ctx.tx, { chatId: inbound.chatId, mode: 'group', name: inbound.chatName });
  }
  if (inbound.kind !== 'message') return;
  const private_ = inbound.chatType === 'p2p';
  const target = private_ ? inbound.openId : inbound.chatId;
  await chatWrites.joined(ctx.tx, { chatId: target, mode: private_ ? 'p2p' : 'group', name: '' });
  await chatWrites.count(ctx.tx, target);
}

function parseAnswer(vault: Vault, sealed: string): Given {
  return JSON.parse(vault.open(ANSWER_CONTEXT, sealed)) as Given;
}
