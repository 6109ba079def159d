import { agentReads } from '../../../db/repositories/agent.ts';
import { cardReads } from '../../../db/repositories/card.ts';
import { type StandInRow, standInReads, standInWrites } from '../../../db/repositories/stand-in.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, requireStaff, today } from '../../ctx.ts';
import { may } from '../../domain/rights.ts';
import { isOpen } from '../../domain/stand-in.ts';
import { daysWords } from '../../domain/stand-in-days.ts';
import { Refused } from '../../refusals.ts';
import { drawLivingCard } from '../card/draw.ts';
import { endCards } from '../card/end.ts';
import { requireRecordedStaff } from '../ledger/as-recorded.ts';
import { recordStandIn } from '../ledger/stand-in-entry.ts';
import { notify } from '../message/notify.ts';

/**
 * 提前结束, by the absent one, a manager of the unit, or the one who stands in. The others of the two are told. Refuses `stand_in_over` and
 * `stand_in_not_yours`.
 */
export async function endStandIn(ctx: Ctx, { standInRow }: { standInRow: number }): Promise<void> {
  const staff = requireStaff(ctx);
  const standIn = await standInWrites.take(ctx.tx, standInRow);
  if (!standIn || !isOpen(standIn, today(ctx))) throw new Refused('stand_in_over');
  const [absent] = await agentReads.byIdsWithUnit(ctx.tx, [standIn.absentId]);
  if (!absent) throw new Error(`agent ${standIn.absentId} is absent and does not exist`);
  const unitLine = (await unitReads.lineage(ctx.tx, absent.unit.id)).map(({ id }) => id);
  const steers = may('nameStandIn', personOf(staff), { ownerId: absent.agent.id, unitLine });
  if (!steers && staff.agent.id !== standIn.standInId) {
    throw new Refused('stand_in_not_yours', { absent: absent.agent.name, unit: absent.unit.name });
  }
  await requireRecordedStaff(ctx, staff);
  await endNow(ctx, standIn);
}

/** Somebody leaves or moves: who stands in for them, and for whom they stand in, is over. */
export async function endStandInsOf(ctx: Ctx, agentId: number): Promise<void> {
  for (const standIn of await standInReads.openOf(ctx.tx, { agentIds: [agentId], today: today(ctx) })) {
    await standInWrites.take(ctx.tx, standIn.id);
    await endNow(ctx, standIn);
  }
}

async function endNow(ctx: Ctx, standIn: StandInRow): Promise<void> {
  const endedAt = ctx.now;
  await standInWrites.end(ctx.tx, { id: standIn.id, endedAt });
  const people = await agentReads.byIdsWithUnit(ctx.tx, [standIn.absentId, standIn.standInId]);
  const of = (id: number) => people.find(({ agent }) => agent.id === id);
  const [absent, other] = [of(standIn.absentId), of(standIn.standInId)];
  if (!absent || !other) throw new Error('who stands in, or for whom, does not exist');
  await recordStandIn(ctx, { kind: 'endStandIn', standIn: { ...standIn, endedAt }, unitId: absent.unit.id });
  const actorId = ctx.actor.kind === 'agent' ? ctx.actor.agent.id : undefined;
  const lines = [
    `${other.agent.name}代${absent.agent.name}的班（${daysWords(standIn)}）提前结束了，以后的件由${absent.agent.name}自己办。`,
  ];
  for (const { agent } of [absent, other]) {
    if (agent.id === actorId || agent.status !== 'active') continue;
    await notify(ctx, { target: agent.openId, notice: { title: '代班结束了', lines } });
  }
  await endUnseenCards(ctx, other.agent.id);
}

/** Cards in somebody's private chat whose subject that person may not see any more. */
export async function endUnseenCards(ctx: Ctx, agentId: number): Promise<void> {
  const cards = await cardReads.privateOf(ctx.tx, agentId);
  const drawn = await Promise.all(cards.map(async (card) => ({ card, isSeen: await isSeen(ctx, card) })));
  await endCards(
    ctx,
    drawn.flatMap(({ card, isSeen: seen }) => (seen ? [] : [card])),
  );
}

async function isSeen(ctx: Reading, card: Parameters<typeof drawLivingCard>[1]): Promise<boolean> {
  return (await drawLivingCard(ctx, card)) !== undefined;
}
