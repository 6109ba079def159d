import { randomUUID } from 'node:crypto';
import type { CardRow } from '../../../db/repositories/card.ts';
import { type NewOutboxRow, type OutboxRow, outboxWrites, updateKey } from '../../../db/repositories/outbox.ts';
import type { Ctx } from '../../ctx.ts';
import { type OutboxContent, sealContent } from './content.ts';
import type { LetterOrder } from './letter-order.ts';
import type { SheetOrder } from './sheet-order.ts';

/** Posts a card of its own into a chat (oc_…) or to a person (ou_…), after everything that waits for the same target. */
export async function enqueuePost(ctx: Ctx, message: { target: string; content: OutboxContent }): Promise<void> {
  await outboxWrites.insert(ctx.tx, newRow(ctx, { ...message, lane: message.target, operation: 'post' }));
}

/** Answers a message in its chat. */
export async function enqueueReply(
  ctx: Ctx,
  message: { target: string; messageId: string; content: OutboxContent },
): Promise<void> {
  await outboxWrites.insert(ctx.tx, newRow(ctx, { ...message, lane: message.target, operation: 'reply' }));
}

/** Adds rows that were made below; for one card at most one of them. */
export async function enqueue(ctx: Ctx, rows: readonly NewOutboxRow[]): Promise<void> {
  const [first, ...rest] = rows;
  if (first) await outboxWrites.insert(ctx.tx, first, ...rest);
}

/** The first post of a living card; its message id is noted when the platform confirms it. */
export function cardPost(ctx: Ctx, message: { card: CardRow; content: OutboxContent }): NewOutboxRow {
  const { card, content } = message;
  return newRow(ctx, { content, lane: card.target, target: card.target, operation: 'post', livingCardId: card.id });
}

/**
 * Replaces what a living card shows, as soon as `availableAt`. While an update of the card waits, a second one adds nothing:
 * it is drawn from the state at sending. An unposted card's update waits in the lane of its post.
 */
export function cardUpdate(
  ctx: Ctx,
  message: { card: CardRow; content: OutboxContent; availableAt?: number },
): NewOutboxRow {
  const { card, ...rest } = message;
  return newRow(ctx, {
    ...rest,
    lane: card.messageId === null ? card.target : `card:${card.id}`,
    target: card.target,
    operation: 'update',
    livingCardId: card.id,
    dedupeKey: updateKey(card.id),
  });
}

/** The card that announces a file goes first, however small the file is. */
const AFTER_ITS_CARD_MS = 500;

/**
 * Posts an Excel file into a chat or to a person. Files have a lane of their own, so that nothing else in the chat waits while they are made;
 * an order that waits already is not made twice.
 */
export async function enqueueSheet(ctx: Ctx, message: { target: string; order: SheetOrder }): Promise<void> {
  const { target, order } = message;
  await enqueueFile(ctx, { target, content: { kind: 'sheet', order }, same: sameOrder(order) });
}

/** Posts a Word file, as `enqueueSheet` an Excel file. */
export async function enqueueLetter(ctx: Ctx, message: { target: string; order: LetterOrder }): Promise<void> {
  const { target, order } = message;
  await enqueueFile(ctx, { target, content: { kind: 'letter', order }, same: sameLetter(order) });
}

async function enqueueFile(
  ctx: Ctx,
  file: { target: string; content: Extract<OutboxContent, { kind: 'sheet' | 'letter' }>; same: object },
): Promise<void> {
  const { target, content, same } = file;
  await outboxWrites.insert(
    ctx.tx,
    newRow(ctx, {
      content,
      target,
      lane: `files:${target}`,
      operation: 'post',
      availableAt: ctx.now + AFTER_ITS_CARD_MS,
      dedupeKey: `${content.kind}:${target}:${ctx.vault.hashOrder(JSON.stringify(same))}`,
    }),
  );
}

/** What makes two orders one: neither when it was given nor where that stands in the ledger. */
function sameOrder({ askedAt: _, ...order }: SheetOrder): object {
  return order.name === 'ledger' ? { ...order, full: order.full?.reason ?? null } : order;
}

function sameLetter({ askedAt: _, ...order }: LetterOrder): object {
  return order.name === 'slip' ? { ...order, entry: null } : order;
}

interface NewMessage extends Pick<OutboxRow, 'lane' | 'target' | 'operation'> {
  readonly content: OutboxContent;
  /** The message to answer. */
  readonly messageId?: string;
  readonly livingCardId?: number;
  readonly dedupeKey?: string;
  /** Milliseconds since the epoch; at once unless given. */
  readonly availableAt?: number;
}

function newRow({ now, vault }: Ctx, message: NewMessage): NewOutboxRow {
  const { content, messageId = null, livingCardId = null, availableAt = now, ...columns } = message;
  const row = { ...columns, messageId, livingCardId, availableAt, uuid: randomUUID(), createdAt: now };
  return { ...row, status: 'waiting', contentSealed: sealContent(vault, row, content) };
}
