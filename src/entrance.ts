/**
 * The one door. A delivery is dealt with in one transaction: noted in the inbox, done, answered; a repeat gets the stored
 * answer. A refusal undoes what the service wrote but keeps the inbox row. Nothing here awaits the network. What each kind of
 * delivery does stands in `deliveries/`.
 */
import type { Logger } from 'pino';
import type { Database, Tx } from '../db/database.ts';
import { isBusy, TransactionLost } from '../db/errors.ts';
import { type InboxRow, inboxReads, inboxWrites } from '../db/repositories/inbox.ts';
import { type Actor, type Ctx, systemCtx, type WritingParts } from './ctx.ts';
import {
  type ActionAnswer,
  actionNameOf,
  answerFailedAction,
  handleAction,
  pressedCard,
  raw,
  unsavedPress,
} from './deliveries/action.ts';
import { handleChatChange, noteChat } from './deliveries/chat.ts';
import { tellLate } from './deliveries/late.ts';
import { answerFailedMessage, handleMessage } from './deliveries/message.ts';
import { describeFault } from './fault.ts';
import { type Arrival, type CallbackAnswer, type Entrance, type Inbound, Replayed } from './lark/port.ts';
import type { Dealt } from './metrics.ts';
import type { AnsweredUpdates } from './outbox/answered.ts';
import { type RefusalCode, Refused } from './refusals.ts';
import { adminToAsk } from './services/agent/admin-to-ask.ts';
import { openKept, sealKept } from './services/inbox/kept.ts';
import { staffByOpenId } from './services/stand-in/running.ts';
import type { Vault } from './vault.ts';

export interface EntranceOptions extends WritingParts {
  /** Told of every delivery, after its commit. */
  readonly onDealt?: (delivery: Dealt) => void;
  /** Told which waiting update the answer to a press makes needless. */
  readonly onShown?: AnsweredUpdates['note'];
}

/** The platform shows an answer that comes within three seconds. */
const WAIT_MS = 2_500;
/** What the inbox calls a message that a list brought: none of that kind was delivered. */
const LATE = 'late';
const BUG_WORDS = '出了点问题，已记录下来，请稍后再试；一直不行请联系管理员。';

export function createEntrance(options: EntranceOptions): Entrance {
  const { db, vault, clock } = options;

  const write: Database['write'] = (work) => db.write(work, { waitMs: WAIT_MS });
  /** Of each card on which presses are being dealt with here, how many. */
  const underWay = new Map<string, number>();

  async function receive(inbound: Inbound, arrival?: Arrival): Promise<CallbackAnswer> {
    if (inbound.kind !== 'action') return take(inbound, arrival);
    const { messageId } = inbound;
    underWay.set(messageId, (underWay.get(messageId) ?? 0) + 1);
    try {
      return await take(inbound, arrival);
    } finally {
      const others = (underWay.get(messageId) ?? 1) - 1;
      if (others > 0) underWay.set(messageId, others);
      else underWay.delete(messageId);
    }
  }

  async function take(inbound: Inbound, arrival: Arrival = { log: options.log }): Promise<CallbackAnswer> {
    const { log } = arrival;
    const began = performance.now();
    const report = (ended: Pick<Dealt, 'status' | 'refusal'>) => {
      const tookMs = performance.now() - began;
      const delivery = { ...ended, kind: inbound.kind, step: stepOf(inbound), tookMs };
      log.debug({ ...delivery, eventId: inbound.eventId }, 'a delivery was dealt with');
      options.onDealt?.(delivery);
    };
    let received: Received;
    try {
      received = await write((tx) => receiveIn(tx, { inbound, arrival }));
    } catch (error) {
      if (error instanceof Replayed) throw error;
      report({ status: 'lost' });
      // A message comes again by itself; a press does not.
      if (inbound.kind !== 'action') throw error;
      const busy = isBusy(error);
      log[busy ? 'warn' : 'error'](
        { fault: describeFault(error), eventId: inbound.eventId },
        'a press could not be saved',
      );
      return unsavedPress({ busy, again: (underWay.get(inbound.messageId) ?? 0) > 1 });
    }
    const { answer, ...ended } = received;
    report(ended);
    options.wake();
    const { living, ...callback } = answer;
    if (!living || inbound.kind !== 'action') return callback;
    const { card, update } = await pressedCard({ ...options, log }, inbound);
    const { wasAnswered } = arrival;
    if (update !== undefined && wasAnswered && performance.now() - began < WAIT_MS) {
      options.onShown?.({ uuid: update, wasAnswered });
    }
    return { ...callback, ...raw(card) };
  }

  async function receiveIn(tx: Tx, delivery: { inbound: Inbound; arrival: Arrival }): Promise<Received> {
    const { inbound, arrival } = delivery;
    await claimSignature(tx, arrival);
    const system = systemCtx(options, tx, 'platform');
    const earlier = await claim(system, inbound);
    if (earlier) return { answer: openAnswer(vault, earlier), status: 'repeated' };
    // Whoever left is not who acts.
    const openId = inbound.kind !== 'personLeft' && 'openId' in inbound ? inbound.openId : undefined;
    const ctx = openId === undefined ? system : { ...system, actor: await actorOf(system, openId) };
    const received = await deal(ctx, { inbound, log: arrival.log });
    const { answer, status } = received;
    const key = inboxKey(inbound);
    await inboxWrites.answer(tx, { key, status, answerSealed: sealAnswer(vault, { key, answer }) });
    return received;
  }

  /** Throws `Replayed` for one that is known. Rolled back with whatever else the transaction does. */
  async function claimSignature(tx: Tx, { signature }: Arrival): Promise<void> {
    if (signature === undefined) return;
    const row = { key: `signature:${signature}`, kind: 'signature', receivedAt: clock.now(), status: 'done' as const };
    if (!(await inboxWrites.claim(tx, row))) throw new Replayed();
  }

  return {
    receive,
    async keepUnreadable(delivery, arrival = { log: options.log }) {
      await write(async (tx) => {
        await claimSignature(tx, arrival);
        const key = `unreadable:${delivery.key}`;
        const answerSealed = sealKept(vault, { key, text: delivery.body });
        const row = { key, kind: 'unreadable', receivedAt: clock.now(), answerSealed };
        await inboxWrites.claim(tx, { ...row, status: 'unreadable' });
      });
      options.onDealt?.({ kind: 'unreadable', step: 'unreadable', status: 'unreadable', tookMs: 0 });
    },
    async passOver(arrival) {
      if (arrival.signature !== undefined) await write((tx) => claimSignature(tx, arrival));
    },
  };
}

/** What is measured together: each button, each other kind of delivery. */
function stepOf(inbound: Inbound): string {
  return inbound.kind === 'action' ? actionNameOf(inbound) : inbound.kind;
}

/** The earlier row when the delivery is a repeat. The same message may come under several event ids. */
async function claim({ tx, now }: Ctx, inbound: Inbound) {
  const key = inboxKey(inbound);
  const kind = inbound.kind === 'message' && inbound.late ? LATE : inbound.kind;
  const row = { key, kind, receivedAt: now, status: 'done' as const };
  return (await inboxWrites.claim(tx, row)) ? undefined : inboxReads.byKey(tx, key);
}

function inboxKey(inbound: Inbound): string {
  return inbound.kind === 'message' ? `message:${inbound.messageId}` : `event:${inbound.eventId}`;
}

async function actorOf(ctx: Ctx, openId: string): Promise<Actor> {
  const known = await staffByOpenId(ctx, openId);
  if (known?.agent.status === 'active') return { ...known, kind: 'agent' };
  return { kind: 'stranger', openId, agent: known?.agent };
}

interface Received {
  readonly answer: ActionAnswer;
  readonly status: 'done' | 'refused' | 'failed' | 'repeated';
  readonly refusal?: RefusalCode | undefined;
}

/** Runs the handler so that a refusal or a fault undoes what it wrote, and puts either into words. */
async function deal(
  ctx: Ctx,
  { inbound, log }: { inbound: Inbound; log: Logger },
): Promise<Received & { status: 'done' | 'refused' | 'failed' }> {
  await noteChat(ctx, inbound);
  await tellLate(ctx, inbound);
  try {
    return { answer: await ctx.tx.savepoint(() => handle(ctx, inbound)), status: 'done' };
  } catch (error) {
    if (error instanceof TransactionLost) throw error;
    const refusal = error instanceof Refused ? error : undefined;
    if (!refusal) {
      log.error({ fault: describeFault(error), eventId: inbound.eventId, kind: inbound.kind }, 'handler failed');
    }
    const answer = await answerFailure(ctx, { inbound, refusal });
    return { answer, status: refusal ? 'refused' : 'failed', refusal: refusal?.code };
  }
}

async function handle(ctx: Ctx, inbound: Inbound): Promise<ActionAnswer> {
  if (inbound.kind === 'action') return handleAction(ctx, inbound);
  if (inbound.kind === 'message') await handleMessage(ctx, inbound);
  else await handleChatChange(ctx, inbound);
  return {};
}

/** Nobody waits for an answer to a change of chats or people. */
async function answerFailure(
  ctx: Ctx,
  { inbound, refusal }: { inbound: Inbound; refusal: Refused | undefined },
): Promise<ActionAnswer> {
  const chatType = inbound.kind === 'message' ? inbound.chatType : 'group';
  const admin = refusal?.asksForAdmin ? await adminToAsk(ctx) : undefined;
  const sentence = refusal?.sentenceIn(chatType, { admin }) ?? BUG_WORDS;
  if (inbound.kind === 'action') return answerFailedAction(sentence, refusal?.code);
  if (inbound.kind === 'message') await answerFailedMessage(ctx, { message: inbound, sentence, fault: !refusal });
  return {};
}

function sealAnswer(vault: Vault, { key, answer }: { key: string; answer: ActionAnswer }): string | null {
  return Object.keys(answer).length === 0 ? null : sealKept(vault, { key, text: JSON.stringify(answer) });
}

function openAnswer(vault: Vault, { key, answerSealed }: Pick<InboxRow, 'key' | 'answerSealed'>): ActionAnswer {
  // What `sealAnswer` wrote: the seal opens beside no other delivery and only unchanged.
  return answerSealed === null ? {} : (JSON.parse(openKept(vault, { key, answerSealed })) as ActionAnswer);
}
