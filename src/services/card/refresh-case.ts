import { type CardRow, cardReads } from '../../../db/repositories/card.ts';
import type { Ctx } from '../../ctx.ts';
import { type CaseRelation, waitsFor } from '../../domain/case.ts';
import { type CardEvent, callOf, outdatesButtons, passesTurnTo, type Reach, reachOf } from '../../domain/turns.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { endCards } from './end.ts';
import { type Place, placeCards } from './place.ts';
import { reachableTargets } from './reachable.ts';
import { readersAtAll } from './readers.ts';
import { responsibleId } from './responsible.ts';
import type { Target } from './targets.ts';

export interface CardChange {
  readonly event: CardEvent;
  /** Many cases at once change hands: their cards change where they stand, and none sounds. */
  readonly quietly?: boolean;
  /**
   * Of a case that has just been registered: the chat it follows first, and the message there that becomes its card, null where
   * one is to be posted. Nobody else can know of the case yet.
   */
  readonly adopted?: { readonly at: Target; readonly messageId: string | null };
}

/**
 * Brings the case's card up to date in every chat that follows it: where it was registered, the registering unit, the holder,
 * whoever's turn it is, and wherever it has been before and may be seen still; elsewhere it ends. How loudly: `turns`. Right
 * after the case's row was written, in the same transaction.
 */
export async function refreshCaseCards(ctx: Ctx, dossier: CaseDossier, change: CardChange): Promise<void> {
  const { adopted, event, quietly = false } = change;
  const subject = { subject: 'case' as const, subjectId: dossier.record.id };
  // The case's row has been written in this transaction, so nobody else places its cards meanwhile.
  const following = adopted ? [] : await cardReads.living(ctx.tx, subject);
  const targets: Target[] = [
    ...(adopted ? [adopted.at] : []),
    ...following.map(({ target, agentId }) => ({ target, agentId })),
    ...(quietly ? [] : await reachableTargets(ctx, { dossier, turn: passesTurnTo(event) })),
  ];
  const once = [...new Map(targets.map((at) => [at.target, at])).values()];
  const readers = await readersAtAll(ctx, { dossier, targets: once });
  const turn = outdatesButtons(event) ? waitsFor(dossier.facts) : undefined;
  const seen = once.flatMap((at, index) => {
    const { maySee = false, relations } = readers[index] ?? {};
    if (!maySee || !relations) return [];
    const pressed = following.some((card) => card.target === at.target && card.messageId === ctx.clickedMessageId);
    const reach = pressed ? reachWherePressed(ctx, { dossier, event, relations }) : reachOf(event, relations);
    const heard = reach === 'new' && (quietly || isForAnother(at, { dossier, event })) ? ('edit' as const) : reach;
    return [{ at, reach: heard, atOnce: turn !== undefined && relations.has(turn) }];
  });
  const places = withoutEchoes(seen).map((place) => ({ ...place, call: callOf(event) }));
  const follows = (card: CardRow) => seen.some(({ at }) => at.target === card.target);
  await placeCards(ctx, { subject, following: following.filter(follows), places, adopted });
  await endCards(
    ctx,
    following.filter((card) => !follows(card)),
  );
}

/** Whoever pressed looks at the card, so there it sounds only for somebody else. */
function reachWherePressed(
  ctx: Ctx,
  { dossier, event, relations }: { dossier: CaseDossier; event: CardEvent; relations: ReadonlySet<CaseRelation> },
): Reach {
  const reach = reachOf(event, relations);
  if (reach !== 'new') return reach;
  const actorId = ctx.actor.kind === 'agent' ? ctx.actor.agent.id : undefined;
  const forId = responsibleId(dossier, callOf(event));
  return forId === undefined || forId === actorId ? 'edit' : 'new';
}

/** A case is handed to one person: in private chats the colleagues' cards do not sound. */
function isForAnother({ agentId }: Target, { dossier, event }: { dossier: CaseDossier; event: CardEvent }): boolean {
  if (agentId === null || (event !== 'handOver' && event !== 'entrust')) return false;
  return agentId !== responsibleId(dossier, callOf(event));
}

/** What sounds in a group need not sound in private chats as well: the group's message mentions who is meant. */
function withoutEchoes(seen: readonly { at: Target; reach: Reach; atOnce: boolean }[]): Place[] {
  const inGroup = seen.some(({ at, reach }) => at.agentId === null && reach === 'new');
  return seen.flatMap(({ reach, ...place }) => {
    if (reach === 'nothing') return [];
    return [{ ...place, reach: inGroup && place.at.agentId !== null ? 'edit' : reach }];
  });
}
