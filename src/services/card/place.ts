import { type CardRow, type CardSubject, cardReads, cardWrites, type NewCard } from '../../../db/repositories/card.ts';
import { chatReads } from '../../../db/repositories/chat.ts';
import type { NewOutboxRow } from '../../../db/repositories/outbox.ts';
import type { Ctx } from '../../ctx.ts';
import { cardPost, cardUpdate, enqueue } from '../message/enqueue.ts';
import type { Target } from './targets.ts';

/** The platform lets a card be changed for 14 days (LARK message API, code 230031); an hour is kept in hand. */
export const UPDATABLE_MS = 14 * 24 * 3_600_000 - 3_600_000;
/**
 * After so many later messages a card is out of sight and people would not notice that it changed. Of a group's talk the bot
 * knows what mentions it and what it said itself.
 */
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
export async function takeFollowing(ctx: Ctx, subject: Subject): Promise<readonly CardRow[]> {
  await cardWrites.lockSubject(ctx.tx, subject);
  return cardReads.living(ctx.tx, subject);
}

export interface Place {
  readonly at: Target;
  readonly attention: Attention;
}

interface Placing {
  readonly subject: Subject;
  readonly places: readonly Place[];
  /** From `takeFollowing` in this transaction. */
  readonly following: readonly CardRow[];
  /** A message that becomes the subject's card, e.g. the registration form that became the case; null: one is posted. */
  readonly adopted?: { readonly at: Target; readonly messageId: string | null } | undefined;
}

/** Brings a subject's cards up to date wherever they stand. */
export async function refreshCards(ctx: Ctx, subject: Subject): Promise<void> {
  const following = await takeFollowing(ctx, subject);
  const places = following.map(({ target, agentId }) => ({ at: { target, agentId }, attention: 'none' as const }));
  await placeCards(ctx, { subject, following, places });
}

/** `placeCards` for one chat. */
export async function placeCard(ctx: Ctx, request: Place & { subject: Subject }): Promise<void> {
  const { subject, at, attention } = request;
  const following = await takeFollowing(ctx, subject);
  await placeCards(ctx, { subject, following, places: [{ at, attention }] });
}

/**
 * Brings a subject's card in each chat up to date: changes it in place, or posts a new one and lets the old one point there,
 * when the platform no longer allows a change or the change wants to be seen and people have talked over the card.
 * A group that the bot was taken out of is left alone; its card follows again when the bot is back.
 */
export async function placeCards(ctx: Ctx, placing: Placing): Promise<void> {
  const chats = await chatReads.byIds(
    ctx.tx,
    placing.places.map(({ at }) => at.target),
  );
  const changes = placing.places.flatMap((place) => {
    const chat = chats.find(({ chatId }) => chatId === place.at.target);
    return chat?.joined === false ? [] : [changeOf(ctx, { ...placing, place, said: chat?.messageCount ?? 0 })];
  });
  const retired = changes.flatMap(({ retired }) => retired ?? []);
  await cardWrites.retire(ctx.tx, { ids: retired.map(({ id }) => id), at: ctx.now });
  const cards = await cardWrites.insert(
    ctx.tx,
    changes.flatMap(({ card }) => card ?? []),
  );
  await enqueue(ctx, [
    ...changes.flatMap(({ update }) => update ?? []),
    ...cards.map((card) => firstSending(ctx, card)),
  ]);
}

/** A card without a message is posted; an adopted one is already shown by the answer to the click. */
function firstSending(ctx: Ctx, card: CardRow): NewOutboxRow {
  const content = { kind: 'living' as const };
  if (card.messageId === null) return cardPost(ctx, { card, content });
  return cardUpdate(ctx, { card, content, availableAt: ctx.now + AFTER_CLICK_MS });
}

/** What happens in one chat. */
interface Change {
  readonly update?: NewOutboxRow;
  readonly retired?: CardRow;
  /** To be written; without a message it is to be posted, too. */
  readonly card?: NewCard;
}

function changeOf(ctx: Ctx, placing: Placing & { place: Place; said: number }): Change {
  const { subject, place, said, following, adopted } = placing;
  const fresh = { ...subject, ...place.at, postedAt: ctx.now, postedAtCount: said };
  if (adopted?.at.target === place.at.target) return { card: { ...fresh, messageId: adopted.messageId } };
  const card = following.find(({ target }) => target === place.at.target);
  if (!card) return { card: fresh };
  const content = { kind: 'living' as const };
  if (card.messageId !== null && card.messageId === ctx.clickedMessageId) {
    return { update: cardUpdate(ctx, { card, content, availableAt: ctx.now + AFTER_CLICK_MS }) };
  }
  const expired = ctx.now - card.postedAt > UPDATABLE_MS;
  if (!expired && !wantsNewPost(card, place.attention, said)) return { update: cardUpdate(ctx, { card, content }) };
  const moved = cardUpdate(ctx, { card, content: { kind: 'moved' } });
  return { retired: card, card: fresh, ...(expired ? {} : { update: moved }) };
}

function wantsNewPost(card: CardRow, attention: Attention, said: number): boolean {
  if (card.messageId === null || attention === 'none') return false;
  return attention === 'always' || said - card.postedAtCount >= TALKED_OVER_MESSAGES;
}
