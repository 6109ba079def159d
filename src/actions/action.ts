/** What a button or form is made of. */

import type { ActionName, ActionValueOf } from '../../cards/action-values.ts';
import type { Card } from '../../cards/card.ts';
import { cardReads } from '../../db/repositories/card.ts';
import { outboxReads } from '../../db/repositories/outbox.ts';
import type { Ctx, Reading } from '../ctx.ts';
import { drawLivingCard } from '../services/card/draw.ts';

export interface Click {
  readonly messageId: string;
  readonly chatId: string;
  readonly openId: string;
  /** Fields by name; what was left empty is absent. */
  readonly form: Readonly<Record<string, string | readonly string[] | boolean>>;
  /** What was chosen in a select that stands in no form. */
  readonly option?: string | undefined;
}

export interface ActionCtx extends Ctx {
  readonly click: Click;
}

/**
 * What the person who pressed sees at once. `card` replaces the pressed card for everybody in the chat; `living` is the pressed
 * card of a case, report or application as it stands after the commit.
 */
export interface ActionOutcome {
  readonly toast: { readonly type: 'info' | 'success' | 'warning' | 'error'; readonly content: string };
  readonly card?: PressedCard | undefined;
}

type PressedCard = Card | 'living';

export type Action<Name extends ActionName> = (ctx: ActionCtx, value: ActionValueOf<Name>) => Promise<ActionOutcome>;

export function success(content: string, card?: PressedCard): ActionOutcome {
  return { toast: { type: 'success', content }, card };
}

export interface FreshCard {
  readonly card: Card;
  /** The uuid of the update that waits to say the same. */
  readonly update: string | undefined;
}

/** The card of a message as it should look now; undefined when it is not a card that follows anything. */
export async function freshCard(ctx: Reading, messageId: string): Promise<FreshCard | undefined> {
  const living = await cardReads.byMessage(ctx.tx, messageId);
  const card = living && living.retiredAt === null ? await drawLivingCard(ctx, living) : undefined;
  return living && card && { card, update: await outboxReads.waitingUpdate(ctx.tx, living.id) };
}
