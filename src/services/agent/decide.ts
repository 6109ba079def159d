import { roleWords } from '../../../cards/words.ts';
import { type AgentRow, agentReads, agentWrites } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, requireStaff } from '../../ctx.ts';
import type { AgentRole } from '../../domain/agent.ts';
import { postsOf } from '../../domain/permission.ts';
import { may, onBehalfOf } from '../../domain/rights.ts';
import { rolesInHand } from '../../domain/staff.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { refreshCards } from '../card/place.ts';
import { recordAgent } from '../ledger/agent-entry.ts';
import { requireRecordedAgent, requireRecordedStaff } from '../ledger/as-recorded.ts';
import { notify } from '../message/notify.ts';
import { joinRoster } from '../roster/match.ts';
import { sealRefusal } from './refusal.ts';

/** What becomes of an application: `role` is what the applicant becomes; `reason` is what the applicant is told. */
export type Decision =
  | { readonly approved: true; readonly role: AgentRole }
  | { readonly approved: false; readonly reason: string };

/**
 * 通过 / 不通过, by a manager above or an administrator, or who stands in for one. Nobody decides on the own application, nor on that of
 * somebody they stand in for. Refuses `reject_needs_reason` where none is given, and `application_unit_closed`
 * where the unit was taken out of use since.
 */
export async function decideApplication(ctx: Ctx, input: { agentId: number; decision: Decision }): Promise<AgentRow> {
  const staff = requireStaff(ctx);
  const { decision } = input;
  const applicant = await agentWrites.take(ctx.tx, input.agentId);
  const unit = applicant && (await unitReads.byId(ctx.tx, applicant.unitId));
  if (!applicant || !unit) throw new Refused('button_unknown');
  const person = personOf(staff);
  const subject = { unitLine: (await unitReads.lineage(ctx.tx, unit.id)).map(({ id }) => id) };
  const grantable = rolesInHand(person, subject.unitLine);
  const isOwn = postsOf(person).some(({ agentId }) => agentId === applicant.id);
  if (!may('decideApplication', person, subject) || isOwn)
    throw new Refused('application_not_yours', { unit: unit.name });
  if (applicant.status !== 'pending') {
    const decider = applicant.decidedBy === null ? undefined : await agentReads.byId(ctx.tx, applicant.decidedBy);
    throw new Refused('application_decided', { who: decider?.name ?? '同事' });
  }
  if (decision.approved && !unit.active) throw new Refused('application_unit_closed', { unit: unit.name });
  if (decision.approved && !grantable.includes(decision.role)) {
    throw new Refused('role_not_grantable', { role: roleWords[decision.role] });
  }
  if (!decision.approved && saysNothing(decision.reason)) throw new Refused('reject_needs_reason');
  await requireRecordedStaff(ctx, staff);
  await requireRecordedAgent(ctx, applicant);
  const set = { ...columnsOf(ctx, { applicant, decision }), decidedAt: ctx.now, decidedBy: staff.agent.id };
  await agentWrites.update(ctx.tx, { id: applicant.id, set });
  const decided = { ...applicant, ...set };
  const standsInFor = onBehalfOf('decideApplication', person, subject);
  await recordAgent(ctx, { kind: decision.approved ? 'approveAgent' : 'rejectAgent', agent: decided, standsInFor });
  if (decision.approved) await joinRoster(ctx, decided);
  await notifyApplicant(ctx, { openId: applicant.openId, unit: unit.name, decision });
  await refreshApplication(ctx, applicant.id);
  return decided;
}

function columnsOf(ctx: Ctx, { applicant, decision }: { applicant: AgentRow; decision: Decision }) {
  if (decision.approved) return { status: 'active', role: decision.role, refusalSealed: null } as const;
  const { openId } = applicant;
  const refusalSealed = sealRefusal(ctx.vault, { openId, reason: decision.reason });
  return { status: 'rejected', role: 'agent', refusalSealed } as const;
}

async function notifyApplicant(ctx: Ctx, told: { openId: string; unit: string; decision: Decision }): Promise<void> {
  const { decision } = told;
  const notice = decision.approved
    ? {
        tone: 'success' as const,
        title: '申请通过了',
        lines: [`您现在是${told.unit}的${roleWords[decision.role]}。`, '发 /登记 开始登记，发 /帮助 看看还能做什么。'],
      }
    : {
        tone: 'warning' as const,
        title: '申请没有通过',
        lines: [
          `加入${told.unit}的申请没有通过。`,
          `原因：${decision.reason}`,
          '填错了可以私信我“加入”，改好重新申请；有疑问请联系本单位管理员。',
        ],
      };
  await notify(ctx, { target: told.openId, notice });
}

async function refreshApplication(ctx: Ctx, agentId: number): Promise<void> {
  await refreshCards(ctx, { subject: 'application', subjectId: agentId });
}
