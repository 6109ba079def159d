import { randomUUID } from 'node:crypto';
import type { CardRow } from '../../../db/repositories/card.ts';
import { type NewOutboxRow, outboxWrites } from '../../../db/repositories/outbox.ts';
import type { Ctx } from '../../ctx.ts';
import type { OutboxContent } from './content.ts';
import type { SheetOrder } from './sheet-order.ts';

/** Posts a card of its own into a chat (oc_…) or to a person (ou_…), after everything that waits for the same target. */
export async function enqueuePost(ctx: Ctx, message: { target: string; content: OutboxContent }): Promise<void> {
  await outboxWrites.insert(ctx.tx, {
    ...fresh(ctx),
    lane: message.target,
    target: message.target,
    operation: 'post',
    content: message.content,
  });
}

/** Answers a message in its chat. */
export async function enqueueReply(
  ctx: Ctx,
  message: { target: string; messageId: string; content: OutboxContent },
): Promise<void> {
  await outboxWrites.insert(ctx.tx, {
    ...fresh(ctx),
    lane: message.target,
    target: message.target,
    operation: 'reply',
    messageId: message.messageId,
    content: message.content,
  });
}

/** Adds rows that were made below; for one card at most one of them. */
export async function enqueue(ctx: Ctx, rows: readonly NewOutboxRow[]): Promise<void> {
  const [first, ...rest] = rows;
  if (first) await outboxWrites.insert(ctx.tx, first, ...rest);
}

/** The first post of a living card; its message id is noted when the platform confirms it. */
export function cardPost(ctx: Ctx, message: { card: CardRow; content: OutboxContent }): NewOutboxRow {
  return {
    ...fresh(ctx),
    lane: message.card.target,
    target: message.card.target,
    operation: 'post',
    livingCardId: message.card.id,
    content: message.content,
  };
}

/**
 * Replaces what a living card shows, as soon as `availableAt`. While an update of the card waits, a second one adds nothing:
 * it is drawn from the state at sending. An unposted card's update waits in the lane of its post.
 */
export function cardUpdate(
  ctx: Ctx,
  message: { card: CardRow; content: OutboxContent; availableAt?: number },
): NewOutboxRow {
  const { card } = message;
  return {
    ...fresh(ctx, message.availableAt),
    lane: card.messageId === null ? card.target : `card:${card.id}`,
    target: card.target,
    operation: 'update',
    livingCardId: card.id,
    content: message.content,
    dedupeKey: `card:${card.id}`,
  };
}

/** The card that announces a file goes first, however small the file is. */
const AFTER_ITS_CARD_MS = 500;

/**
 * Posts an Excel file into a chat or to a person. It has a lane of its own, so that nothing else in the chat waits while it is made; an
 * order that waits already is not made twice.
 */
export async function enqueueSheet(ctx: Ctx, message: { target: string; order: SheetOrder }): Promise<void> {
  const { askedAt: _, ...same } = message.order;
  await outboxWrites.insert(ctx.tx, {
    ...fresh(ctx, ctx.now + AFTER_ITS_CARD_MS),
    lane: `sheets:${message.target}`,
    target: message.target,
    operation: 'post',
    content: { kind: 'sheet', order: message.order } satisfies OutboxContent,
    dedupeKey: `sheet:${message.target}:${JSON.stringify(same)}`,
  });
}

function fresh({ now }: Ctx, availableAt = now) {
  return { uuid: randomUUID(), status: 'waiting' as const, createdAt: now, availableAt };
}
