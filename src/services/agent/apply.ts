import { roleWords } from '../../../cards/words.ts';
import { type AgentRow, agentReads, agentWrites } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import type { Employment } from '../../domain/agent.ts';
import { parseName } from '../../domain/name.ts';
import { parsePhone } from '../../domain/person.ts';
import { Refused } from '../../refusals.ts';
import { placeCards, takeFollowing } from '../card/place.ts';
import { recordAgent } from '../ledger/agent-entry.ts';
import { approversOf } from './approvers.ts';
import { sealPhone } from './phone.ts';

export interface ApplicationInput {
  readonly openId: string;
  readonly name: string;
  readonly phone: string;
  readonly unitId: number | undefined;
  readonly employment: Employment | undefined;
}

export type ApplicationErrors = Partial<Record<'name' | 'phone' | 'unit' | 'employment', string>>;

export type ApplicationResult =
  | { readonly ok: true; readonly agent: AgentRow }
  | { readonly ok: false; readonly errors: ApplicationErrors };

/** 提交申请: a stranger asks to be staff of a unit; its managers and the administrators get a card to decide on. */
export async function applyToJoin(ctx: Ctx, input: ApplicationInput): Promise<ApplicationResult> {
  const known = await agentReads.byOpenId(ctx.tx, input.openId);
  if (known?.status === 'pending') throw new Refused('staff_pending');
  if (known?.status === 'active') {
    const unit = await unitReads.byId(ctx.tx, known.unitId);
    throw new Refused('already_staff', { unit: unit?.name ?? '', role: roleWords[known.role] });
  }
  const name = parseName(input.name);
  const phone = parsePhone(input.phone);
  const unit = input.unitId === undefined ? undefined : await unitReads.byId(ctx.tx, input.unitId);
  const errors: ApplicationErrors = {
    ...(name.ok ? {} : { name: name.problem }),
    ...(phone.ok ? {} : { phone: phone.problem }),
    ...(unit?.active ? {} : { unit: '请选您所在的单位' }),
    ...(input.employment ? {} : { employment: '请选专职或兼职' }),
  };
  if (!name.ok || !phone.ok || !unit?.active || !input.employment) return { ok: false, errors };
  const row = {
    openId: input.openId,
    name: name.value,
    phoneSealed: sealPhone(ctx.vault, { openId: input.openId, phone: phone.value }),
    unitId: unit.id,
    role: 'agent' as const,
    employment: input.employment,
    status: 'pending' as const,
    appliedAt: ctx.now,
    decidedAt: null,
    decidedBy: null,
    refusalSealed: null,
  };
  const agent = known
    ? await agentWrites.update(ctx.tx, { id: known.id, set: row }).then(() => ({ ...known, ...row }))
    : await agentWrites.insert(ctx.tx, row);
  await recordAgent(ctx, { kind: 'applyAgent', agent });
  await askApprovers(ctx, agent);
  return { ok: true, agent };
}

async function askApprovers(ctx: Ctx, agent: AgentRow): Promise<void> {
  const subject = { subject: 'application' as const, subjectId: agent.id };
  const approvers = await approversOf(ctx, agent.unitId);
  const places = approvers.map(({ openId, id }) => ({
    at: { target: openId, agentId: id },
    reach: 'new' as const,
  }));
  await placeCards(ctx, { subject, places, following: await takeFollowing(ctx, subject) });
}
