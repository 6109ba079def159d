import { cardReads, cardWrites } from '../../../db/repositories/card.ts';
import { type OutboxRow, outboxWrites } from '../../../db/repositories/outbox.ts';
import type { Ctx } from '../../ctx.ts';
import { placeCard } from '../card/place.ts';
import type { SealedRow } from './content.ts';
import { sayInstead, type WhyDead } from './instead.ts';
import { bringElsewhere, moveOut } from './move-out.ts';
import { noteQuota } from './quota.ts';

/** What became of a message that was taken to be sent. Times in milliseconds since the epoch. */
export type Settlement =
  /** Delivered: `messageId` is the new message, or the updated one. */
  | { readonly kind: 'sent'; readonly messageId: string }
  /** There was nothing left to say; `elsewhere`: not in this chat, whose people the card is not for any more. */
  | { readonly kind: 'skipped'; readonly reason: string; readonly elsewhere?: boolean }
  /** It failed, and is tried again; `unconfirmedSince`: when it may have been delivered for the first time, if it may have been. */
  | {
      readonly kind: 'retry';
      readonly availableAt: number;
      readonly error: string;
      readonly unconfirmedSince?: number | null;
    }
  /** It was not tried: the attempt does not count. */
  | { readonly kind: 'postponed'; readonly availableAt: number }
  /** The month's calls are used up. It waits as if it had not been tried. */
  | { readonly kind: 'quota' }
  /** It cannot be delivered, and is kept. */
  | { readonly kind: 'dead'; readonly why: WhyDead; readonly error: string }
  /** The platform no longer lets the card be changed: its subject gets a new one in the same chat. */
  | { readonly kind: 'expired'; readonly error: string }
  /** The bot is not in the group any more, or the group dissolved: whom it stood for is reached one by one. */
  | { readonly kind: 'chatLost'; readonly error: string };

/** Writes down what became of a message, and what follows for its chat and its living card; `ctx.now` is when it happened. */
export async function settleMessage(ctx: Ctx, end: { row: SentRow; settlement: Settlement }): Promise<void> {
  const { row, settlement } = end;
  switch (settlement.kind) {
    case 'sent':
      await finish(ctx, { row, status: 'sent', error: null });
      if (row.operation !== 'update') await notePost(ctx, { row, messageId: settlement.messageId });
      return;
    case 'skipped': {
      const status = !settlement.elsewhere || (await bringElsewhere(ctx, row)) ? 'sent' : 'dead';
      await finish(ctx, { row, status, error: settlement.reason });
      return retireUnposted(ctx, row);
    }
    case 'retry': {
      const { kind: _, ...set } = settlement;
      return outboxWrites.putBack(ctx.tx, { id: row.id, set, at: ctx.now });
    }
    case 'postponed':
      return putBackUntried(ctx, { row, availableAt: settlement.availableAt });
    case 'quota':
      await noteQuota(ctx);
      return putBackUntried(ctx, { row, availableAt: ctx.now });
    case 'dead':
      await finish(ctx, { row, status: 'dead', error: settlement.error });
      await retireUnposted(ctx, row);
      return sayInstead(ctx, { row, why: settlement.why });
    case 'expired':
      await finish(ctx, { row, status: 'sent', error: settlement.error });
      if (row.livingCardId !== null) await repost(ctx, row.livingCardId);
      return;
    case 'chatLost': {
      const status = (await moveOut(ctx, row)) ? 'sent' : 'dead';
      return finish(ctx, { row, status, error: settlement.error });
    }
  }
}

/** Of a claimed row, what its settlement looks at. */
export type SentRow = SealedRow & Pick<OutboxRow, 'id' | 'attempts'>;

function putBackUntried(ctx: Ctx, { row, availableAt }: { row: SentRow; availableAt: number }): Promise<void> {
  return outboxWrites.putBack(ctx.tx, { id: row.id, set: { availableAt, attempts: row.attempts - 1 }, at: ctx.now });
}

/** A living card without a message could never be brought up to date: the next change posts one anew. */
async function retireUnposted(ctx: Ctx, row: SentRow): Promise<void> {
  if (row.operation !== 'post' || row.livingCardId === null) return;
  await cardWrites.retire(ctx.tx, { ids: [row.livingCardId], at: ctx.now });
}

function finish(ctx: Ctx, end: { row: SentRow; status: 'sent' | 'dead'; error: string | null }): Promise<void> {
  const { row, status, error } = end;
  return outboxWrites.settle(ctx.tx, { id: row.id, set: { status, error, settledAt: ctx.now } });
}

/** A living card has its message from now on. */
async function notePost(ctx: Ctx, posted: { row: SentRow; messageId: string }): Promise<void> {
  const { livingCardId: id } = posted.row;
  if (id !== null) await cardWrites.posted(ctx.tx, { id, messageId: posted.messageId, postedAt: ctx.now });
}

async function repost(ctx: Ctx, cardId: number): Promise<void> {
  const known = await cardReads.byId(ctx.tx, cardId);
  if (!known) return;
  await cardWrites.lockSubject(ctx.tx, known);
  const card = await cardReads.byId(ctx.tx, cardId);
  if (!card || card.retiredAt !== null) return;
  await cardWrites.retire(ctx.tx, { ids: [card.id], at: ctx.now });
  const subject = { subject: card.subject, subjectId: card.subjectId };
  await placeCard(ctx, { subject, at: { target: card.target, agentId: card.agentId }, reach: 'edit' });
}
