import { chatReads } from '../../../db/repositories/chat.ts';
import { lineOf, type UnitRow, unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Staff } from '../../ctx.ts';
import { onBehalfOf } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { isReached } from '../card/targets.ts';
import { appendLedger } from '../ledger/append.ts';
import { notify, notifyAdmins } from '../message/notify.ts';
import { requireRight } from '../require-right.ts';

export interface BoundGroup {
  readonly unit: UnitRow;
  readonly chatId: string;
  /** '' when it is not known. */
  readonly chatName: string;
  /** Nobody would be written to instead. */
  readonly deserted: boolean;
}

/**
 * The unit, for who may take its group away: an administrator or the unit's managers. Refuses others. `standsInFor`: in whose right it
 * would be done, where not in the own.
 */
export async function unitToUnbind(
  ctx: Ctx,
  unitId: number,
): Promise<{ unit: UnitRow; staff: Staff; standsInFor: number | undefined }> {
  const line = lineOf(unitId, await unitReads.withAbove(ctx.tx, [unitId]));
  const [unit] = line;
  if (!unit) throw new Refused('unit_unknown');
  const subject = { unitLine: line.map(({ id }) => id) };
  const detail = { unit: unit.name };
  const staff = requireRight(ctx, { right: 'unbindGroup', otherwise: 'unbind_not_allowed', subject, detail });
  return { unit, staff, standsInFor: onBehalfOf('unbindGroup', personOf(staff), subject) };
}

/** The group that the unit would lose, for who may take it away. Refuses a unit without a group. */
export async function groupToUnbind(ctx: Ctx, unitId: number): Promise<BoundGroup> {
  return (await requireBound(ctx, unitId)).bound;
}

/**
 * 解绑: the unit is no longer reached in its group, but its people one by one. The group and the other administrators are told.
 * @param input.seen the group that was asked about; where it is another one by now nothing is done, and that one is returned to be asked
 * about.
 * @param input.askedIn the chat that gets the answer and need not be told besides.
 */
export async function unbindUnit(
  ctx: Ctx,
  input: { unitId: number; seen: string; askedIn: string },
): Promise<BoundGroup & { readonly done: boolean }> {
  const { bound, staff, standsInFor } = await requireBound(ctx, input.unitId);
  const { unit, chatId, chatName } = bound;
  if (chatId !== input.seen) return { ...bound, done: false };
  await unitWrites.setChat(ctx.tx, { unitId: unit.id, chatId: null });
  const townId = await chainOfUnit(ctx, unit.id);
  const payload = { unitId: unit.id, chatId, standsInFor };
  await appendLedger(ctx, { townId, caseId: null, kind: 'unbind', payload });
  const notice = {
    title: `${unit.name}的群解绑了`,
    lines: [`${unit.name}的代办件不再发到“${chatName}”群。`, `操作人：${staff.agent.name}。`],
  };
  if (chatId !== input.askedIn) await notify(ctx, { target: chatId, notice });
  await notifyAdmins(ctx, { ...notice, except: staff.agent.id });
  return { ...bound, done: true };
}

async function requireBound(
  ctx: Ctx,
  unitId: number,
): Promise<{ bound: BoundGroup; staff: Staff; standsInFor: number | undefined }> {
  const { unit, staff, standsInFor } = await unitToUnbind(ctx, unitId);
  const { chatId } = unit;
  if (chatId === null) throw new Refused('unbind_nothing', { unit: unit.name });
  const chatName = (await chatReads.byId(ctx.tx, chatId))?.name ?? '';
  const deserted = !(await isReached(ctx, { id: unit.id, chatId: null }));
  return { bound: { unit, chatId, chatName, deserted }, staff, standsInFor };
}
