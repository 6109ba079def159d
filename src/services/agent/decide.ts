import { roleWords } from '../../../cards/words.ts';
import { type AgentRow, agentReads, agentWrites } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import type { AgentRole } from '../../domain/agent.ts';
import { Refused } from '../../refusals.ts';
import { refreshCards } from '../card/place.ts';
import { recordAgent } from '../ledger/agent-entry.ts';
import { requireRecordedAgent } from '../ledger/as-recorded.ts';
import { notify } from '../message/notify.ts';
import { joinRoster } from '../roster/match.ts';
import { rolesToGrant } from './approvers.ts';

/** 通过 / 不通过: decides an application. `role` is what the applicant becomes when approved. */
export async function decideApplication(
  ctx: Ctx,
  input: { agentId: number; approved: boolean; role: AgentRole },
): Promise<AgentRow> {
  const staff = requireStaff(ctx);
  const applicant = await agentWrites.take(ctx.tx, input.agentId);
  const unit = applicant && (await unitReads.byId(ctx.tx, applicant.unitId));
  if (!applicant || !unit) throw new Refused('button_unknown');
  const grantable = await rolesToGrant(ctx, { staff, unitId: unit.id });
  if (grantable.length === 0) throw new Refused('application_not_yours', { unit: unit.name });
  if (applicant.status !== 'pending') {
    const decider = applicant.decidedBy === null ? undefined : await agentReads.byId(ctx.tx, applicant.decidedBy);
    throw new Refused('application_decided', { who: decider?.name ?? '同事' });
  }
  if (input.approved && !grantable.includes(input.role)) {
    throw new Refused('role_not_grantable', { role: roleWords[input.role] });
  }
  await requireRecordedAgent(ctx, staff.agent);
  await requireRecordedAgent(ctx, applicant);
  const status = input.approved ? ('active' as const) : ('rejected' as const);
  const set = { status, role: input.role, decidedAt: ctx.now, decidedBy: staff.agent.id };
  await agentWrites.update(ctx.tx, { id: applicant.id, set });
  const decided = { ...applicant, ...set };
  await recordAgent(ctx, { kind: input.approved ? 'approveAgent' : 'rejectAgent', agent: decided });
  if (input.approved) await joinRoster(ctx, decided);
  await notifyApplicant(ctx, { openId: applicant.openId, approved: input.approved, unit: unit.name, role: input.role });
  await refreshApplication(ctx, applicant.id);
  return decided;
}

async function notifyApplicant(
  ctx: Ctx,
  decision: { openId: string; approved: boolean; unit: string; role: AgentRole },
): Promise<void> {
  const notice = decision.approved
    ? {
        tone: 'success' as const,
        title: '申请通过了',
        lines: [
          `您现在是${decision.unit}的${roleWords[decision.role]}。`,
          '发 /登记 开始登记，发 /帮助 看看还能做什么。',
        ],
      }
    : {
        tone: 'warning' as const,
        title: '申请没有通过',
        lines: [`加入${decision.unit}的申请没有通过。`, '有疑问请联系本单位管理员；填错了可以私信我“加入”，重新申请。'],
      };
  await notify(ctx, { target: decision.openId, notice });
}

async function refreshApplication(ctx: Ctx, agentId: number): Promise<void> {
  await refreshCards(ctx, { subject: 'application', subjectId: agentId });
}
