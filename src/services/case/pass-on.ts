import { type AgentRow, agentReads } from '../../../db/repositories/agent.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { LISTED_MAX } from '../message/content.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { presentFor } from '../stand-in/running.ts';
import { takeCase } from './dossier.ts';
import { recordStep } from './step.ts';

/** So many change hands at once: each is a few statements, and everybody else who writes waits. */
const PASSED_MAX = 200;

export interface PassedOn {
  /** Whose they are from now on. */
  readonly to: AgentRow;
  /** How many, and how many are left because they were too many for once. */
  readonly passed: number;
  readonly left: number;
}

/**
 * All that waits for somebody in a unit goes to a colleague there: what they look after and what they handle, an entry for each. The cards
 * change in place, and the colleague is told once, with a list. The right to it has been checked. Refuses `colleague_unknown`.
 */
export async function passOnCases(
  ctx: Ctx,
  { from, unit, toId }: { from: AgentRow; unit: UnitRow; toId: number },
): Promise<PassedOn> {
  const to = await agentReads.byId(ctx.tx, toId);
  if (to?.status !== 'active' || to.unitId !== unit.id || to.id === from.id) {
    throw new Refused('colleague_unknown', { unit: unit.name });
  }
  const all = await caseReads.inHandsOf(ctx.tx, { agentId: from.id, unitId: unit.id });
  const ids = all.slice(0, PASSED_MAX);
  for (const caseId of ids) await passOn(ctx, { caseId, fromId: from.id, toId: to.id, unitId: unit.id });
  const passedOn = { to, passed: ids.length, left: all.length - ids.length };
  if (ids.length > 0) await tellReceiver(ctx, { ...passedOn, from, ids });
  return passedOn;
}

async function passOn(ctx: Ctx, on: { caseId: number; fromId: number; toId: number; unitId: number }): Promise<void> {
  const { caseId, fromId, toId, unitId } = on;
  const dossier = await takeCase(ctx, caseId);
  const { keeperId, registeringUnitId, handlerId, holderUnitId, state } = dossier.record;
  const keeps = keeperId === fromId && registeringUnitId === unitId;
  const handles = handlerId === fromId && holderUnitId === unitId && (state === 'accepted' || state === 'suspended');
  const kept = keeps
    ? await recordStep(ctx, {
        dossier,
        step: 'entrust',
        effect: { set: { keeperId: toId } },
        cards: handles ? 'later' : 'quietly',
      })
    : dossier;
  if (handles)
    await recordStep(ctx, { dossier: kept, step: 'handOver', effect: { set: { handlerId: toId } }, cards: 'quietly' });
}

async function tellReceiver(ctx: Ctx, told: PassedOn & { from: AgentRow; ids: readonly number[] }): Promise<void> {
  const { to, from, passed, ids } = told;
  const [present = to] = await presentFor(ctx, [to]);
  const list = {
    title: `${from.name}的${passed}件转给${to.name}接着办`,
    empty: '这些件已经不在您这里了。',
    total: passed,
    ids: ids.slice(0, LISTED_MAX),
    hint: passed > LISTED_MAX ? '全部请发 /待办。' : null,
  };
  await enqueuePost(ctx, { target: present.openId, content: { kind: 'cases', agentId: present.id, list } });
}
