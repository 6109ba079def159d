/** Who reads along where a living card stands, and whether they may: one person in a private chat, the bound units' people in a group. */
import { unitReads } from '../../../db/repositories/unit.ts';
import { personOf, type Reading, type Staff } from '../../ctx.ts';
import type { CaseRelation } from '../../domain/case.ts';
import { groupMaySee, maySee, type Person, relationsOfGroup, relationsTo } from '../../domain/permission.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { staffByIds } from '../stand-in/running.ts';
import type { Target } from './targets.ts';

/** The people of one chat, towards one case. */
export interface Readers {
  readonly relations: ReadonlySet<CaseRelation>;
  /** Its card may stand there. */
  readonly maySee: boolean;
  /** Whose private chat it is; undefined for a group. */
  readonly reader?: Person;
}

const nobody: Readers = { relations: new Set(), maySee: false };

export async function readersAt(ctx: Reading, request: { dossier: CaseDossier; at: Target }): Promise<Readers> {
  const [readers] = await readersAtAll(ctx, { dossier: request.dossier, targets: [request.at] });
  return readers ?? nobody;
}

/** The same of several chats, in their order. Units that have to do with the case are all in its dossier. */
export async function readersAtAll(
  ctx: Reading,
  { dossier, targets }: { dossier: CaseDossier; targets: readonly Target[] },
): Promise<Readers[]> {
  const { parties, record, units } = dossier;
  const people = await peopleOf(ctx, targets);
  return targets.map(({ target, agentId }) => {
    if (agentId !== null) {
      const person = activeIn(people, agentId);
      if (!person) return nobody;
      const reader = personOf(person);
      return { relations: relationsTo(parties, reader), maySee: maySee(parties, reader), reader };
    }
    const unitIds = units.filter((unit) => unit.chatId === target).map((unit) => unit.id);
    const group = { unitIds, isOrigin: target === record.originTarget };
    return { relations: relationsOfGroup(parties, group), maySee: groupMaySee(parties, group) };
  });
}

/** Is the chat one of the unit's: its group, or that of somebody who works there? */
export async function isChatOfUnit(ctx: Reading, { unitId, at }: { unitId: number; at: Target }): Promise<boolean> {
  if (at.agentId !== null) return activeIn(await peopleOf(ctx, [at]), at.agentId)?.unit.id === unitId;
  return (await unitReads.byChat(ctx.tx, at.target)).some((unit) => unit.id === unitId);
}

function peopleOf(ctx: Reading, targets: readonly Target[]): Promise<Staff[]> {
  return staffByIds(
    ctx,
    targets.flatMap(({ agentId }) => agentId ?? []),
  );
}

function activeIn(people: readonly Staff[], agentId: number): Staff | undefined {
  return people.find(({ agent }) => agent.id === agentId && agent.status === 'active');
}
