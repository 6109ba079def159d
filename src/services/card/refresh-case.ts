import { agentReads } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading } from '../../ctx.ts';
import type { CaseRelation, CaseState } from '../../domain/case.ts';
import { relationsOfGroup, relationsTo } from '../../domain/permission.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { notifyAdmins } from '../message/notify.ts';
import { type Attention, placeCard, takeFollowing } from './place.ts';
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

interface Refresh {
  /** The holder's card comes back to the bottom in any case. */
  readonly urged?: boolean;
}

/**
 * Brings the case's card up to date in every chat that follows it: where it was registered, the registering unit, the holder,
 * and wherever it has been before.
 */
export async function refreshCaseCards(ctx: Ctx, dossier: CaseDossier, how: Refresh = {}): Promise<void> {
  const of = { subject: 'case' as const, subjectId: dossier.record.id };
  await warnIfUnreachable(ctx, dossier);
  const following = await takeFollowing(ctx, of);
  for (const at of await caseTargets(ctx, { dossier, following })) {
    const relations = await relationsAt(ctx, { dossier, at });
    const attention = attentionFor(dossier, { relations, urged: how.urged === true });
    await placeCard(ctx, { of, at, attention, following });
  }
}

/** What the people of one chat are to the case: one person in a private chat, the bound units' people in a group. */
export async function relationsAt(
  ctx: Reading,
  where: { dossier: CaseDossier; at: Target },
): Promise<ReadonlySet<CaseRelation>> {
  const { dossier, at } = where;
  if (at.agentId !== null) {
    const agent = await agentReads.byId(ctx.tx, at.agentId);
    const unit = agent && (await unitReads.byId(ctx.tx, agent.unitId));
    if (!agent || !unit || agent.status !== 'active') return new Set();
    return relationsTo(dossier.parties, personOf({ agent, unit }));
  }
  const units = await unitReads.byChat(ctx.tx, at.target);
  return relationsOfGroup(dossier.parties, {
    unitIds: units.map((unit) => unit.id),
    isOrigin: at.target === dossier.record.originTarget,
  });
}

async function caseTargets(ctx: Ctx, of: { dossier: CaseDossier; following: readonly Target[] }): Promise<Target[]> {
  const { record } = of.dossier;
  const registering = await unitReads.byId(ctx.tx, record.registeringUnitId);
  const all: Target[] = [
    ...of.following.map(({ target, agentId }) => ({ target, agentId })),
    ...(registering?.chatId ? [{ target: registering.chatId, agentId: null }] : []),
    ...(await targetsOfUnit(ctx, record.holderUnitId)),
  ];
  return [...new Map(all.map((at) => [at.target, at])).values()];
}

/** A case that nobody can see would wait for ever. */
async function warnIfUnreachable(ctx: Ctx, { record, holderLine }: CaseDossier): Promise<void> {
  const [holder] = holderLine;
  if (!holder || record.state !== 'forwarded' || (await targetsOfUnit(ctx, holder.id)).length > 0) return;
  await notifyAdmins(ctx, {
    title: '有代办件没人接收',
    lines: [
      `${record.caseNumber} 已转到${holder.center}，但它没有绑定群，也没有代办员。`,
      `请把机器人拉进${holder.center}的群并绑定，或让工作人员登记。`,
    ],
  });
}

function attentionFor(
  { record }: CaseDossier,
  chat: { relations: ReadonlySet<CaseRelation>; urged: boolean },
): Attention {
  if (chat.urged && chat.relations.has('holder')) return 'always';
  const turn = turnOf[record.state];
  return turn !== undefined && chat.relations.has(turn) ? 'ifTalkedOver' : 'none';
}
