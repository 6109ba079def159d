import { type CardRow, cardReads } from '../../../db/repositories/card.ts';
import type { Ctx } from '../../ctx.ts';
import type { CaseRelation, CaseState } from '../../domain/case.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { notifyAdmins } from '../message/notify.ts';
import { endCards } from './end.ts';
import { type Attention, placeCards } from './place.ts';
import { readersAtAll } from './readers.ts';
import { type Target, targetsOfUnit } from './targets.ts';

/** Whose turn it is after a step: their chat's card wants to be seen. */
const turnOf: Readonly<Record<CaseState, CaseRelation | undefined>> = {
  forwarded: 'holder',
  accepted: undefined,
  returned: 'registrar',
  completed: 'registrar',
  delivered: undefined,
  followedUp: 'manager',
  archived: undefined,
  withdrawn: undefined,
};

export interface CardChange {
  /** The holder's card comes back to the bottom in any case. */
  readonly urged?: boolean;
  /**
   * Of a case that has just been registered: the chat it follows first, and the message there that becomes its card, null where
   * one is to be posted. Nobody else can know of the case yet.
   */
  readonly adopted?: { readonly at: Target; readonly messageId: string | null };
}

/**
 * Brings the case's card up to date in every chat that follows it: where it was registered, the registering unit, the holder,
 * and wherever it has been before and may be seen still; elsewhere it ends. Right after the case's row was written, in the same transaction.
 */
export async function refreshCaseCards(ctx: Ctx, dossier: CaseDossier, change: CardChange = {}): Promise<void> {
  const { adopted, urged = false } = change;
  const subject = { subject: 'case' as const, subjectId: dossier.record.id };
  // The case's row has been written in this transaction, so nobody else places its cards meanwhile.
  const following = adopted ? [] : await cardReads.living(ctx.tx, subject);
  const holders = await holderTargets(ctx, dossier);
  const [registering] = dossier.registeringLine;
  const targets: Target[] = [
    ...(adopted ? [adopted.at] : []),
    ...following.map(({ target, agentId }) => ({ target, agentId })),
    ...(registering?.chatId ? [{ target: registering.chatId, agentId: null }] : []),
    ...holders,
  ];
  const once = [...new Map(targets.map((at) => [at.target, at])).values()];
  const readers = await readersAtAll(ctx, { dossier, targets: once });
  const places = once.flatMap((at, index) => {
    const { maySee = false, relations } = readers[index] ?? {};
    return maySee && relations ? [{ at, attention: attentionFor(dossier, { relations, urged }) }] : [];
  });
  const follows = (card: CardRow) => places.some(({ at }) => at.target === card.target);
  await placeCards(ctx, { subject, following: following.filter(follows), places, adopted });
  await endCards(
    ctx,
    following.filter((card) => !follows(card)),
  );
}

/** How the holder is reached. A case that nobody can see would wait for ever, so then the administrators are told. */
async function holderTargets(ctx: Ctx, { record, holderLine }: CaseDossier): Promise<Target[]> {
  const [holder] = holderLine;
  const targets = holder ? await targetsOfUnit(ctx, holder) : [];
  if (holder && record.state === 'forwarded' && targets.length === 0) {
    await notifyAdmins(ctx, {
      title: '有代办件没人接收',
      lines: [
        `${record.caseNumber} 已转到${holder.center}，但它没有绑定群，也没有代办员。`,
        `请把机器人拉进${holder.center}的群并绑定，或让工作人员登记。`,
      ],
    });
  }
  return targets;
}

function attentionFor(
  { record }: CaseDossier,
  chat: { relations: ReadonlySet<CaseRelation>; urged: boolean },
): Attention {
  if (chat.urged && chat.relations.has('holder')) return 'always';
  const turn = turnOf[record.state];
  return turn !== undefined && chat.relations.has(turn) ? 'ifTalkedOver' : 'none';
}
