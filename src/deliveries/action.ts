/** A button pressed or a form sent: its handler runs, and the answer shows a toast and the pressed card. */
import { decodeAction } from '../../cards/action-values.ts';
import type { Card } from '../../cards/card.ts';
import { type ActionCtx, type ActionOutcome, type FreshCard, freshCard } from '../actions/action.ts';
import { actions } from '../actions/index.ts';
import { type Ctx, type Parts, systemCtx } from '../ctx.ts';
import { describeFault } from '../fault.ts';
import type { CallbackAnswer, InboundAction } from '../lark/port.ts';
import { type RefusalCode, Refused } from '../refusals.ts';

/** `living`: the card that is answered with is the pressed one, drawn after the commit from the state then. */
export type ActionAnswer = CallbackAnswer & { readonly living?: true };

export async function handleAction(ctx: Ctx, click: InboundAction): Promise<ActionAnswer> {
  const value = decodeAction(click);
  if (!value) throw new Refused('button_unknown');
  // The table pairs each name with the handler of that very value; the compiler cannot follow the pairing across the look-up.
  const run = actions[value.action] as (ctx: ActionCtx, value: unknown) => ReturnType<(typeof actions)['case.accept']>;
  return answerOf(await run({ ...ctx, clickedMessageId: click.messageId, click }, value));
}

/** Why nothing came of a press: a refusal's sentence, or that of a fault of our own, which has no code. */
export function answerFailedAction(sentence: string, refusal: RefusalCode | undefined): ActionAnswer {
  const card = refusal !== undefined && showsStaleCard(refusal) ? 'living' : undefined;
  return answerOf({ toast: { type: refusal === undefined ? 'error' : 'warning', content: sentence }, card });
}

/**
 * Nothing of the press was recorded, so that the next one does what this one should have done. `again`: what it waited for may be the
 * press before it on the same card.
 */
export function unsavedPress({ busy, again }: { busy: boolean; again: boolean }): CallbackAnswer {
  return { toast: { type: 'warning', content: unsavedWords({ busy, again }) } };
}

function unsavedWords({ busy, again }: { busy: boolean; again: boolean }): string {
  if (!busy) return '现在不能保存，请稍后再点一次';
  return again ? '刚才点的还在办，请稍等；办好了，这张卡片会变' : '现在忙，请再点一次';
}

/** The living card that was pressed, as it stands now, and the update that it spares. What was done stands even if it cannot be drawn. */
export async function pressedCard(parts: Parts, { messageId, eventId }: InboundAction): Promise<Partial<FreshCard>> {
  try {
    return (await parts.db.read((tx) => freshCard(systemCtx(parts, tx, 'platform'), messageId))) ?? {};
  } catch (error) {
    parts.log.error({ fault: describeFault(error), eventId }, 'the pressed card could not be drawn');
    return {};
  }
}

/** The name of the button; what does not decode has none of its own. */
export function actionNameOf(click: InboundAction): string {
  return decodeAction(click)?.action ?? 'unknown';
}

/** After these, and most of a case's, the pressed card is out of date; a refusal about what was typed must leave the form as it is. */
const tellingOfStaleCard: ReadonlySet<RefusalCode> = new Set([
  'card_outdated',
  'undo_nothing',
  'application_decided',
  'papers_round_over',
  'report_already',
  'report_open',
  'bulletin_outdated',
  'bulletin_published',
  'bulletin_corrected',
  'import_done',
  'import_gone',
  'import_outdated',
]);

function showsStaleCard(code: RefusalCode): boolean {
  return tellingOfStaleCard.has(code) || (code.startsWith('case_') && code !== 'case_not_yours');
}

function answerOf({ toast, card }: ActionOutcome): ActionAnswer {
  return card === 'living' ? { toast, living: true } : { ...raw(card), toast };
}

export function raw(card: Card | undefined): Pick<CallbackAnswer, 'card'> {
  return card ? { card: { type: 'raw', data: card } } : {};
}
