/** A message to a group that is gone goes to the people of the units that the group stood for, one by one. */
import { agentReads } from '../../../db/repositories/agent.ts';
import { type CardRow, cardReads, cardWrites } from '../../../db/repositories/card.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import { outboxWrites } from '../../../db/repositories/outbox.ts';
import { reportReads } from '../../../db/repositories/report.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { isClosed } from '../../domain/case.ts';
import { placeCard } from '../card/place.ts';
import { type Target, targetsOfUnit } from '../card/targets.ts';
import { leaveChat } from '../unit/leave.ts';
import { openContent, type SealedRow } from './content.ts';
import { enqueueLetter, enqueuePost, enqueueSheet } from './enqueue.ts';

/**
 * A message could not be sent because its group is gone: the group stands for its units no longer, and what waits for it goes their
 * people's way, too. Returns false when this message reaches nobody.
 */
export async function moveOut(ctx: Ctx, row: SealedRow): Promise<boolean> {
  const { target } = row;
  const units = await leaveChat(ctx, target);
  const gone = { at: ctx.now, reason: 'the chat is gone' };
  const waiting = units.length > 0 ? await outboxWrites.withdraw(ctx.tx, { ...gone, target }) : [];
  for (const other of waiting) {
    if (await divert(ctx, { row: other, units })) continue;
    const set = { status: 'dead' as const, settledAt: gone.at, error: gone.reason };
    await outboxWrites.settle(ctx.tx, { id: other.id, set });
  }
  return divert(ctx, { row, units });
}

/** An answer to somebody in the group is left out: they see the group no more, and ask again elsewhere. */
async function divert(ctx: Ctx, message: { row: SealedRow; units: readonly UnitRow[] }): Promise<boolean> {
  const { row, units } = message;
  const content = openContent(ctx.vault, row);
  switch (content?.kind) {
    case 'living':
      return divertCard(ctx, row);
    case 'fixed':
      if (row.operation === 'reply') return true;
      for (const { target } of await peopleOf(ctx, units)) await enqueuePost(ctx, { target, content });
      return units.length > 0;
    case 'sheet': {
      const asker = await agentReads.byId(ctx.tx, content.order.agentId);
      if (asker) await enqueueSheet(ctx, { target: asker.openId, order: content.order });
      return true;
    }
    case 'letter': {
      const asker = await agentReads.byId(ctx.tx, content.order.agentId);
      if (asker) await enqueueLetter(ctx, { target: asker.openId, order: content.order });
      return true;
    }
    case 'moved':
    case 'ended':
    case 'registration':
    case 'cases':
      return true;
    case 'reveal':
    case 'correction':
    case 'paper':
    case 'evidence':
    case 'moreSteps':
    case undefined:
      return false;
  }
}

/** The subject's card comes to those people whose unit has no group any more; false when there is nobody. */
async function divertCard(ctx: Ctx, row: SealedRow): Promise<boolean> {
  const card = row.livingCardId === null ? undefined : await cardReads.byId(ctx.tx, row.livingCardId);
  if (!card || card.retiredAt !== null) return true;
  await cardWrites.retire(ctx.tx, { ids: [card.id], at: ctx.now });
  const units = await unitsOf(ctx, card);
  const people = await peopleOf(ctx, units);
  const { subject, subjectId } = card;
  for (const at of people) await placeCard(ctx, { subject: { subject, subjectId }, at, reach: 'edit' });
  return people.length > 0 || units.length === 0;
}

/**
 * A group's card that was never posted, for the group is not its unit's any more: it comes to where the units are reached now. Returns
 * false when that is nowhere.
 */
export async function bringElsewhere(ctx: Ctx, row: SealedRow): Promise<boolean> {
  const card = row.livingCardId === null ? undefined : await cardReads.byId(ctx.tx, row.livingCardId);
  if (!card || card.retiredAt !== null || card.agentId !== null) return true;
  await cardWrites.retire(ctx.tx, { ids: [card.id], at: ctx.now });
  const { subject, subjectId } = card;
  const ids = await unitIdsOf(ctx, card);
  let reached = ids.length === 0;
  for (const unit of (await unitReads.withAbove(ctx.tx, ids)).filter(({ id }) => ids.includes(id))) {
    for (const at of await targetsOfUnit(ctx, unit)) {
      await placeCard(ctx, { subject: { subject, subjectId }, at, reach: 'edit' });
      reached = true;
    }
  }
  return reached;
}

/** Whose turn the subject is or may be; a closed case is nobody's. */
async function unitsOf(ctx: Ctx, { subject, subjectId }: CardRow): Promise<UnitRow[]> {
  const ids = await unitIdsOf(ctx, { subject, subjectId });
  return (await unitReads.withAbove(ctx.tx, ids)).filter(({ id, chatId }) => ids.includes(id) && chatId === null);
}

async function unitIdsOf(ctx: Ctx, { subject, subjectId }: Pick<CardRow, 'subject' | 'subjectId'>): Promise<number[]> {
  if (subject === 'case') {
    const record = await caseReads.byId(ctx.tx, subjectId);
    const closed = record !== undefined && isClosed(record.state);
    return !record || closed ? [] : [record.holderUnitId, record.registeringUnitId];
  }
  const report = subject === 'report' ? await reportReads.byId(ctx.tx, subjectId) : undefined;
  return report ? [report.townId] : [];
}

async function peopleOf(ctx: Ctx, units: readonly UnitRow[]): Promise<Target[]> {
  const people: Target[] = [];
  for (const { id } of units) people.push(...(await targetsOfUnit(ctx, { id, chatId: null })));
  return [...new Map(people.map((at) => [at.target, at])).values()];
}
