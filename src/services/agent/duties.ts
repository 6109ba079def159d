/** 已阅知: who has read what they are there for. The ledger alone knows; another text of the duties is asked about anew. */
import { createHash } from 'node:crypto';
import { agentReads, agentWrites } from '../../../db/repositories/agent.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, type Reading, requireStaff, type Staff } from '../../ctx.ts';
import { dutiesOf } from '../../domain/duties.ts';
import type { UnitLevel } from '../../domain/unit.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';

/** Tells one text of duties from another: 16 hexadecimal digits. */
export function dutiesMark(level: UnitLevel): string {
  return createHash('sha256').update(dutiesOf(level).join('\n')).digest('hex').slice(0, 16);
}

/** When this person confirmed the duties of the present unit as they are worded now (ms); null: not yet. */
export async function dutiesReadAt(ctx: Pick<Reading, 'tx'>, { agent, unit }: Staff): Promise<number | null> {
  const townId = await chainOf(ctx, unit.id);
  const ending = `"text":"${dutiesMark(unit.level)}","agentId":${agent.id}}`;
  return (await ledgerReads.lastEnding(ctx.tx, { townId, kinds: ['readDuties'], ending }))?.at ?? null;
}

/**
 * 已阅知, for oneself; pressed again it changes nothing. Refuses `duties_not_yours` on somebody else's card and `duties_changed` where the
 * card shows another text than that of today.
 */
export async function readDuties(ctx: Ctx, seen: { agentId: number; text: string }): Promise<void> {
  const staff = requireStaff(ctx);
  const { agent, unit } = staff;
  if (seen.agentId !== agent.id)
    throw new Refused('duties_not_yours', { name: (await agentReads.byId(ctx.tx, seen.agentId))?.name ?? '别人' });
  const text = dutiesMark(unit.level);
  if (seen.text !== text) throw new Refused('duties_changed');
  // Two presses at once are one after the other.
  await agentWrites.take(ctx.tx, agent.id);
  if ((await dutiesReadAt(ctx, staff)) !== null) return;
  const payload = { text, agentId: agent.id };
  await appendLedger(ctx, { townId: await chainOf(ctx, unit.id), caseId: null, kind: 'readDuties', payload });
}

/** That of the highest unit, as for all that the ledger says of staff: wherever somebody is moved, it is found. */
async function chainOf({ tx }: Pick<Reading, 'tx'>, unitId: number): Promise<number> {
  return (await unitReads.lineage(tx, unitId)).at(-1)?.id ?? unitId;
}
