import {
  type CardRow,
  type CardSubject,
  cardReads,
  cardWrites,
  type FollowingCard,
  type NewCard,
} from '../../../db/repositories/card.ts';
import { chatReads } from '../../../db/repositories/chat.ts';
import type { NewOutboxRow } from '../../../db/repositories/outbox.ts';
import type { Ctx } from '../../ctx.ts';
import type { Call, Reach } from '../../domain/turns.ts';
import { cardPost, cardUpdate, enqueue } from '../message/enqueue.ts';
import type { Target } from './targets.ts';

/** The platform lets a card be changed for 14 days (message API, code 230031); an hour is kept in hand. */
export const UPDATABLE_MS = 14 * 24 * 3_600_000 - 3_600_000;
/** The answer to a click shows the new card at once; the update that makes sure of it must come after that answer. */
const AFTER_CLICK_MS = 3_000;
/** Changes of one card that follow within so long are one call to the platform, whose calls are counted by the month. */
export const EDITS_TOGETHER_MS = 60_000;

export interface Subject {
  readonly subject: CardSubject;
  readonly subjectId: number;
}

/** The subject's cards as they follow it now; nobody else places one of them until the transaction ends. */
export async function takeFollowing(ctx: Ctx, subject: Subject): Promise<readonly FollowingCard[]> {
  await cardWrites.lockSubject(ctx.tx, subject);
  return cardReads.living(ctx.tx, subject);
}

export interface Place {
  readonly at: Target;
  readonly reach: Exclude<Reach, 'nothing'>;
  /** An edit that does not wait for others: the next button is pressed here, and those of the card as it stands are old. */
  readonly atOnce?: boolean;
  /** Of one that comes anew: what it says at its top. Nothing where somebody there asked for it. */
  readonly call?: Call;
}

interface Placing {
  readonly subject: Subject;
  readonly places: readonly Place[];
  /** From `takeFollowing` in this transaction. */
  readonly following: readonly FollowingCard[];
  /** A message that becomes the subject's card, e.g. the registration form that became the case; null: one is posted. */
  readonly adopted?: { readonly at: Target; readonly messageId: string | null } | undefined;
}

/** Brings a subject's cards up to date wherever they stand. */
export async function refreshCards(ctx: Ctx, subject: Subject): Promise<void> {
  const following = await takeFollowing(ctx, subject);
  const places = following.map(({ target, agentId }) => ({ at: { target, agentId }, reach: 'edit' as const }));
  await placeCards(ctx, { subject, following, places });
}

/** `placeCards` for one chat. */
export async function placeCard(ctx: Ctx, request: Place & { subject: Subject }): Promise<void> {
  const { subject, ...place } = request;
  const following = await takeFollowing(ctx, subject);
  await placeCards(ctx, { subject, following, places: [place] });
}

/**
 * Brings a subject's card in each chat up to date: changes it in place, or posts a new one and lets the old one point there,
 * when it is to be heard or the platform no longer allows a change.
 * A group that the bot was taken out of is left alone; its card follows again when the bot is back.
 */
export async function placeCards(ctx: Ctx, placing: Placing): Promise<void> {
  const left = await leftTargets(ctx, placing);
  const changes = placing.places.flatMap((place) =>
    left.has(place.at.target) ? [] : [changeOf(ctx, { ...placing, place })],
  );
  const retired = changes.flatMap(({ retired }) => retired ?? []);
  await cardWrites.retire(ctx.tx, { ids: retired.map(({ id }) => id), at: ctx.now });
  const cards = await cardWrites.insert(
    ctx.tx,
    changes.flatMap(({ card }) => card ?? []),
  );
  await enqueue(ctx, [
    ...changes.flatMap(({ update }) => update ?? []),
    ...cards.map((card) => firstSending(ctx, { card, call: callIn(placing, card) })),
  ]);
}

/** The groups among the places that the bot was taken out of. */
async function leftTargets(ctx: Ctx, { places, following }: Placing): Promise<ReadonlySet<string>> {
  const others = places.map(({ at }) => at.target).filter((one) => !following.some(({ target }) => target === one));
  const chats = others.length === 0 ? [] : await chatReads.byIds(ctx.tx, others);
  return new Set([
    ...following.filter(({ leftChat }) => leftChat).map(({ target }) => target),
    ...chats.filter(({ joined }) => !joined).map(({ chatId }) => chatId),
  ]);
}

function callIn({ places }: Placing, card: CardRow): Call | undefined {
  return places.find(({ at, reach }) => at.target === card.target && reach === 'new')?.call;
}

/** A card without a message is posted; an adopted one is already shown by the answer to the click. */
function firstSending(ctx: Ctx, { card, call }: { card: CardRow; call: Call | undefined }): NewOutboxRow {
  if (card.messageId === null) return cardPost(ctx, { card, content: { kind: 'living', call } });
  return cardUpdate(ctx, { card, content: { kind: 'living' }, availableAt: ctx.now + AFTER_CLICK_MS });
}

/** What happens in one chat. */
interface Change {
  readonly update?: NewOutboxRow;
  readonly retired?: CardRow;
  /** To be written; without a message it is to be posted, too. */
  readonly card?: NewCard;
}

function changeOf(ctx: Ctx, placing: Placing & { place: Place }): Change {
  const { subject, place, following, adopted } = placing;
  const fresh = { ...subject, ...place.at, postedAt: ctx.now };
  if (adopted?.at.target === place.at.target) return { card: { ...fresh, messageId: adopted.messageId } };
  const card = following.find(({ target }) => target === place.at.target);
  if (!card) return { card: fresh };
  const living = { card, content: { kind: 'living' as const } };
  const expired = ctx.now - card.postedAt > UPDATABLE_MS;
  // Its post is still on its way: it is drawn from the state then, and comes to the bottom.
  if (card.messageId === null && !expired) return { update: cardUpdate(ctx, living) };
  if (place.reach === 'edit' && card.messageId === ctx.clickedMessageId) {
    return { update: cardUpdate(ctx, { ...living, availableAt: ctx.now + AFTER_CLICK_MS }) };
  }
  if (place.reach === 'edit' && !expired) {
    return {
      update: cardUpdate(ctx, { ...living, availableAt: place.atOnce ? ctx.now : ctx.now + EDITS_TOGETHER_MS }),
    };
  }
  const moved = cardUpdate(ctx, { card, content: { kind: 'moved' } });
  return { retired: card, card: fresh, ...(expired ? {} : { update: moved }) };
}
