import { agentWrites } from '../../../db/repositories/agent.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { parseName } from '../../domain/name.ts';
import { Refused } from '../../refusals.ts';
import { recordAgent } from '../ledger/agent-entry.ts';
import { requireRecordedAgent } from '../ledger/as-recorded.ts';

import { isNameless } from './setup.ts';

export type IntroductionErrors = Partial<Record<'name', string>>;

/** 保存: an administrator who has none yet says the own name, and the own unit if it is not the banner itself. Once. */
export async function introduce(
  ctx: Ctx,
  input: { name: string; unitId: number | undefined },
): Promise<{ readonly ok: true; readonly name: string } | { readonly ok: false; readonly errors: IntroductionErrors }> {
  const { agent } = requireStaff(ctx);
  if (!isNameless(agent)) throw new Refused('introduced_already', { name: agent.name });
  await requireRecordedAgent(ctx, agent);
  const name = parseName(input.name);
  if (!name.ok) return { ok: false, errors: { name: name.problem } };
  const chosen = input.unitId === undefined ? undefined : await unitReads.byId(ctx.tx, input.unitId);
  const unitId = chosen?.active ? chosen.id : agent.unitId;
  await agentWrites.update(ctx.tx, { id: agent.id, set: { name: name.value, unitId } });
  if (unitId !== agent.unitId) await recordAgent(ctx, { kind: 'moveAgent', agent: { ...agent, unitId } });
  return { ok: true, name: name.value };
}
