import { agentReads } from '../../../db/repositories/agent.ts';
import { cardReads } from '../../../db/repositories/card.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading } from '../../ctx.ts';
import type { CaseRelation, CaseState } from '../../domain/case.ts';
import { relationsOfGroup, relationsTo } from '../../domain/permission.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { notifyAdmins } from '../message/notify.ts';
import { type Attention, placeCards } from './place.ts';
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
  /** Of a case that has just been registered: the message in one chat that becomes its card. Nobody else can know of the case yet. */
  readonly adopted?: { readonly at: Target; readonly messageId: string };
}

/**
 * Brings the case's card up to date in every chat that follows it: where it was registered, the registering unit, the holder,
 * and wherever it has been before. Right after the case's row was written, in the same transaction.
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
  const attentions = await attentionsFor(ctx, { dossier, targets: once, urged });
  const places = once.map((at, index) => ({ at, attention: attentions[index] ?? 'none' }));
  await placeCards(ctx, { subject, following, places, adopted });
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

/** What the people of one chat are to the case: one person in a private chat, the bound units' people in a group. */
export async function relationsAt(
  ctx: Reading,
  { dossier, at }: { dossier: CaseDossier; at: Target },
): Promise<ReadonlySet<CaseRelation>> {
  const [relations] = await relationsAtAll(ctx, { dossier, targets: [at] });
  return relations ?? new Set();
}

/** The same of several chats, in their order. */
async function relationsAtAll(
  ctx: Reading,
  { dossier, targets }: { dossier: CaseDossier; targets: readonly Target[] },
): Promise<ReadonlySet<CaseRelation>[]> {
  const { parties, record } = dossier;
  const people = await agentReads.byIdsWithUnit(
    ctx.tx,
    targets.flatMap(({ agentId }) => agentId ?? []),
  );
  const groups = targets.filter(({ agentId }) => agentId === null).map(({ target }) => target);
  const units = await unitReads.byChats(ctx.tx, groups);
  return targets.map(({ target, agentId }) => {
    if (agentId !== null) {
      const person = people.find(({ agent }) => agent.id === agentId);
      return person?.agent.status === 'active' ? relationsTo(parties, personOf(person)) : new Set();
    }
    const unitIds = units.filter((unit) => unit.chatId === target).map((unit) => unit.id);
    return relationsOfGroup(parties, { unitIds, isOrigin: target === record.originTarget });
  });
}

/** Who reads along is asked only when it matters to somebody whose turn it is. */
async function attentionsFor(
  ctx: Reading,
  request: { dossier: CaseDossier; targets: readonly Target[]; urged: boolean },
): Promise<Attention[]> {
  const { dossier, targets, urged } = request;
  if (!urged && turnOf[dossier.record.state] === undefined) return targets.map(() => 'none');
  const relations = await relationsAtAll(ctx, { dossier, targets });
  return relations.map((ofChat) => attentionFor(dossier, { relations: ofChat, urged }));
}

function attentionFor(
  { record }: CaseDossier,
  chat: { relations: ReadonlySet<CaseRelation>; urged: boolean },
): Attention {
  if (chat.urged && chat.relations.has('holder')) return 'always';
  const turn = turnOf[record.state];
  return turn !== undefined && chat.relations.has(turn) ? 'ifTalkedOver' : 'none';
}
