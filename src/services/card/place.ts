import { type CardRow, type CardSubject, cardReads, cardWrites } from '../../../db/repositories/card.ts';
import { chatReads } from '../../../db/repositories/chat.ts';
import type { Ctx } from '../../ctx.ts';
import { enqueueCardPost, enqueueCardUpdate } from '../message/enqueue.ts';
import type { Target } from './targets.ts';

/** The platform lets a card be changed for 14 days (LARK message API, code 230031); an hour is kept in hand. */
const UPDATABLE_MS = 14 * 24 * 3_600_000 - 3_600_000;
/** After so many later messages a card is out of sight and people would not notice that it changed. */
const TALKED_OVER_MESSAGES = 8;
/** The answer to a click shows the new card at once; the update that makes sure of it must come after that answer. */
const AFTER_CLICK_MS = 3_000;

export interface Subject {
  readonly subject: CardSubject;
  readonly subjectId: number;
}

/** What a change means for one target. `always`: come back to the bottom; `ifTalkedOver`: only when out of sight. */
export type Attention = 'none' | 'ifTalkedOver' | 'always';

/** The subject's cards as they follow it now; nobody else places one of them until the transaction ends. */
export async function takeFollowing(ctx: Ctx, of: Subject): Promise<readonly CardRow[]> {
  await cardWrites.lockSubject(ctx.tx, of);
  return cardReads.living(ctx.tx, of);
}

export interface Placing {
  readonly of: Subject;
  readonly at: Target;
  readonly attention: Attention;
  /** From `takeFollowing` in this transaction, for whoever places several cards of one subject. */
  readonly following?: readonly CardRow[];
}

/**
 * Brings a subject's card in one chat up to date: changes it in place, or posts a new one and lets the old one point there,
 * when the platform no longer allows a change or the change wants to be seen and people have talked over the card.
 * A group that the bot was taken out of is left alone; its card follows again when the bot is back.
 */
export async function placeCard(ctx: Ctx, request: Placing): Promise<void> {
  const following = request.following ?? (await takeFollowing(ctx, request.of));
  const chat = await chatReads.byId(ctx.tx, request.at.target);
  if (chat?.joined === false) return;
  const living = following.find((card) => card.target === request.at.target);
  if (!living) return postNew(ctx, request);
  if (living.messageId !== null && living.messageId === ctx.clickedMessageId) {
    return enqueueCardUpdate(ctx, { card: living, content: { kind: 'living' }, availableAt: ctx.now + AFTER_CLICK_MS });
  }
  const expired = ctx.now - living.postedAt > UPDATABLE_MS;
  if (!expired && !(await wantsNewPost(ctx, { living, attention: request.attention }))) {
    return enqueueCardUpdate(ctx, { card: living, content: { kind: 'living' } });
  }
  await cardWrites.retire(ctx.tx, { id: living.id, at: ctx.now });
  if (!expired) await enqueueCardUpdate(ctx, { card: living, content: { kind: 'moved' } });
  return postNew(ctx, request);
}

/** Makes an existing message the subject's living card, e.g. the registration form that became the case. */
export async function adoptCard(ctx: Ctx, card: { of: Subject; at: Target; messageId: string }): Promise<void> {
  const { at, messageId } = card;
  const postedAtCount = await messageCount(ctx, at.target);
  await cardWrites.insert(ctx.tx, { ...card.of, ...at, messageId, postedAt: ctx.now, postedAtCount });
}

async function postNew(ctx: Ctx, request: { of: Subject; at: Target }): Promise<void> {
  const postedAtCount = await messageCount(ctx, request.at.target);
  const card = await cardWrites.insert(ctx.tx, { ...request.of, ...request.at, postedAt: ctx.now, postedAtCount });
  await enqueueCardPost(ctx, { card, content: { kind: 'living' } });
}

async function wantsNewPost(ctx: Ctx, of: { living: CardRow; attention: Attention }): Promise<boolean> {
  if (of.living.messageId === null || of.attention === 'none') return false;
  if (of.attention === 'always') return true;
  const said = (await messageCount(ctx, of.living.target)) - of.living.postedAtCount;
  return said >= TALKED_OVER_MESSAGES;
}

async function messageCount(ctx: Ctx, target: string): Promise<number> {
  return (await chatReads.byId(ctx.tx, target))?.messageCount ?? 0;
}
