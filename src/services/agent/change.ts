import { passedOnWords, successionWords } from '../../../cards/staff-change.ts';
import { roleWords } from '../../../cards/words.ts';
import { type AgentRow, agentReads, agentWrites } from '../../../db/repositories/agent.ts';
import { outboxWrites } from '../../../db/repositories/outbox.ts';
import { lineOf, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff } from '../../ctx.ts';
import type { AgentRole } from '../../domain/agent.ts';
import { actsFor, type Managing } from '../../domain/permission.ts';
import { rolesInHand, type StaffChange } from '../../domain/staff.ts';
import { Refused } from '../../refusals.ts';
import { endPrivateCards } from '../card/end.ts';
import { refreshCards } from '../card/place.ts';
import { type PassedOn, passOnCases } from '../case/pass-on.ts';
import { recordAgent } from '../ledger/agent-entry.ts';
import { requireRecordedAgent, requireRecordedStaff } from '../ledger/as-recorded.ts';
import { notify } from '../message/notify.ts';
import { endStandInsOf } from '../stand-in/end.ts';
import { notifyManagers } from './managers.ts';
import { type AdmittedChange, admitChange, type Succession, successionOf } from './staff-change.ts';

const kinds = { deactivate: 'deactivateAgent', move: 'moveAgent', role: 'changeRole' } as const;

export interface ChangedStaff extends AdmittedChange {
  /** What went to a colleague who was named. */
  readonly passedOn: PassedOn | undefined;
}

/**
 * 只转件: all that waits for somebody goes to a colleague of the unit, and that person stays. By whom may end their work. Refuses
 * `staff_changed` when they work elsewhere by now.
 */
export async function passOnAll(
  ctx: Ctx,
  input: { agentId: number; unitId: number; successorId: number | undefined },
): Promise<PassedOn & Pick<AdmittedChange, 'agent'>> {
  const { agentId, unitId, successorId } = input;
  await agentWrites.take(ctx.tx, agentId);
  const { agent, unit } = await admitChange(ctx, { agentId, change: { kind: 'deactivate' } });
  await requireRecordedStaff(ctx, requireStaff(ctx));
  if (unit.id !== unitId) throw new Refused('staff_changed');
  if (successorId === undefined) throw new Refused('colleague_missing');
  const passedOn = await passOnCases(ctx, { from: agent, unit, toId: successorId });
  const lines = [passedOnWords(passedOn, unit.name), `操作人：${requireStaff(ctx).agent.name}。`];
  await notify(ctx, { target: agent.openId, notice: { title: '您的件转给同事了', lines } });
  return { ...passedOn, agent };
}

/**
 * 停用, 调动, 角色, as the card that asked for it was drawn: refuses `staff_changed` when the person's unit or role is another by now.
 * The person and the nearest managers are told.
 */
export async function changeStaff(
  ctx: Ctx,
  input: {
    agentId: number;
    seen: { unitId: number; role: AgentRole };
    change: StaffChange;
    /** The colleague to whom what waits for the person goes; undefined: it stays the unit's. */
    successorId?: number | undefined;
  },
): Promise<ChangedStaff> {
  const { agentId, seen, change, successorId } = input;
  const admins = seen.role === 'admin' ? await agentWrites.takeAdmins(ctx.tx) : [];
  await agentWrites.take(ctx.tx, agentId);
  const admitted = await admitChange(ctx, { agentId, change });
  const { agent } = admitted;
  // What is changed here is signed: nobody's forged right may become a true one.
  await requireRecordedStaff(ctx, requireStaff(ctx));
  if (change.kind !== 'deactivate') await requireRecordedAgent(ctx, agent);
  if (agent.unitId !== seen.unitId || agent.role !== seen.role) throw new Refused('staff_changed');
  if (agent.role === 'admin' && change.kind !== 'move' && !admins.some(({ id }) => id !== agentId)) {
    throw new Refused('staff_last_admin');
  }
  const succession = await successionOf(ctx, admitted);
  const { unit } = admitted;
  const passedOn =
    succession && successorId !== undefined
      ? await passOnCases(ctx, { from: agent, unit, toId: successorId })
      : undefined;
  const after = await write(ctx, admitted);
  await tellPerson(ctx, { admitted, after, passedOn });
  await tellManagers(ctx, { admitted, succession, passedOn, by: requireStaff(ctx).agent.name });
  return { ...admitted, passedOn };
}

/**
 * The platform says that somebody's account is gone: they are staff no longer, nor do they apply. Nothing for who was neither. The last
 * administrator, too: nobody can use that account again, and the next start prints a code for a new one.
 */
export async function deactivateLeaver(ctx: Ctx, openId: string): Promise<void> {
  const known = await agentReads.byOpenId(ctx.tx, openId);
  const agent = known && (await agentWrites.take(ctx.tx, known.id));
  if (agent?.status !== 'active' && agent?.status !== 'pending') return;
  const line = lineOf(agent.unitId, await unitReads.withAbove(ctx.tx, [agent.unitId]));
  const [unit] = line;
  if (!unit) throw new Error(`agent ${agent.id} is of no unit`);
  const admitted = { agent, unit, change: { kind: 'deactivate' }, line, toLine: line } as const;
  const succession = await successionOf(ctx, admitted);
  await write(ctx, admitted);
  if (agent.status === 'pending') return refreshCards(ctx, { subject: 'application', subjectId: agent.id });
  await tellManagers(ctx, { admitted, succession, by: '系统（账号已从企业删除）' });
}

/** Row and ledger; whatever was on its way to the person, or follows in their private chat, ends where the right to it does. */
async function write(
  ctx: Ctx,
  { agent, change, line }: Pick<AdmittedChange, 'agent' | 'change' | 'line'>,
): Promise<AgentRow> {
  if (change.kind !== 'role') await endStandInsOf(ctx, agent.id);
  const after: AgentRow = { ...agent, ...columnsOf(change) };
  const { unitId, role, status } = after;
  await agentWrites.update(ctx.tx, { id: agent.id, set: { unitId, role, status } });
  const { actor } = ctx;
  const unitLine = line.map(({ id }) => id);
  const inHand = (post: Managing) => rolesInHand(post, unitLine).includes(agent.role);
  const standsInFor = actor.kind === 'agent' ? actsFor(personOf(actor), inHand) : undefined;
  await recordAgent(ctx, { kind: kinds[change.kind], agent: after, standsInFor });
  if (status !== 'active') {
    await outboxWrites.withdraw(ctx.tx, {
      target: agent.openId,
      at: ctx.now,
      reason: 'the person works here no longer',
    });
  }
  await endPrivateCards(ctx, agent.id);
  return after;
}

function columnsOf(change: StaffChange): Partial<Pick<AgentRow, 'unitId' | 'role' | 'status'>> {
  switch (change.kind) {
    case 'deactivate':
      return { status: 'left' };
    case 'move':
      return { unitId: change.unitId };
    case 'role':
      return { role: change.role };
  }
}

async function tellPerson(
  ctx: Ctx,
  { admitted, after, passedOn }: { admitted: AdmittedChange; after: AgentRow; passedOn: PassedOn | undefined },
): Promise<void> {
  const { agent, unit, toLine } = admitted;
  const now = `您现在是${toLine[0]?.name ?? ''}的${roleWords[after.role]}。`;
  const words = {
    deactivate: {
      title: '您已停用',
      lines: [`您不再是${unit.name}的${roleWords[agent.role]}，代办件不再发给您。`, '以后还要做代办，私信我重新申请。'],
    },
    move: {
      title: '您已调动',
      lines: [now, `原来在${unit.name}登记和经办的件，由${passedOn?.to.name ?? '那里的同事'}接着办。`],
    },
    role: { title: '您的身份改了', lines: [now, '发 /帮助 看看能做什么。'] },
  }[admitted.change.kind];
  await notify(ctx, { target: agent.openId, notice: words });
}

async function tellManagers(
  ctx: Ctx,
  told: {
    admitted: AdmittedChange;
    succession: Succession | undefined;
    passedOn?: PassedOn | undefined;
    by: string;
  },
): Promise<void> {
  const { agent, unit, change, line, toLine } = told.admitted;
  const what = {
    deactivate: `${agent.name}（${roleWords[agent.role]}）已停用`,
    move: `${agent.name}（${roleWords[agent.role]}）已从${unit.name}调到${toLine[0]?.name ?? ''}`,
    role: `${agent.name}的身份改为${change.kind === 'role' ? roleWords[change.role] : ''}`,
  }[change.kind];
  const lines = [
    `${what}，操作人：${told.by}。`,
    ...(told.passedOn ? [passedOnWords(told.passedOn, unit.name)] : successionLines(unit.name, told.succession)),
  ];
  await notifyManagers(ctx, {
    lines: change.kind === 'move' ? [line, toLine] : [line],
    about: agent,
    notice: { title: `${unit.name}有人员变动`, lines },
  });
}

function successionLines(unit: string, succession: Succession | undefined): string[] {
  if (!succession) return [];
  return [
    successionWords(unit, { total: succession.total, colleagues: succession.colleagues.map(({ name }) => name) }),
  ];
}
