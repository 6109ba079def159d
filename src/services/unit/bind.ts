import { chatReads } from '../../../db/repositories/chat.ts';
import { type UnitRow, unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { appendLedger } from '../ledger/append.ts';
import { notify, notifyAdmins } from '../message/notify.ts';
import { requireRight } from '../require-right.ts';

/** What a binding would undo or mix, as it stood when somebody was asked about it. */
export interface BindingSeen {
  /** The group the unit is bound to. */
  readonly from: string | null;
  /** Other units of the group that it is to be bound to, by id, rising. */
  readonly others: readonly number[];
}

export type Binding =
  | { readonly kind: 'bound'; readonly unit: UnitRow }
  /** Nothing was done: the unit is reached elsewhere, or the group is another unit's. */
  | {
      readonly kind: 'ask';
      readonly unit: UnitRow;
      readonly seen: BindingSeen;
      /** Name of the group it is bound to, '' when that is not known; null when it is bound nowhere. */
      readonly fromName: string | null;
      readonly others: readonly string[];
    };

/**
 * 绑定: from now on the unit is reached in this group. Only by an administrator. What takes a unit away from another group, or puts
 * two into one, is asked first; `confirmed` is what was asked about. The other group and the other administrators are told.
 */
export async function bindUnit(
  ctx: Ctx,
  input: { chatId: string; unitId: number; confirmed?: BindingSeen },
): Promise<Binding> {
  const { chatId, confirmed } = input;
  requireBinder(ctx);
  const unit = await unitReads.byId(ctx.tx, input.unitId);
  if (!unit?.active) throw new Refused('unit_unknown');
  if (unit.chatId === chatId) return { kind: 'bound', unit };
  const others = (await unitReads.byChat(ctx.tx, chatId)).sort((a, b) => a.id - b.id);
  const seen = { from: unit.chatId, others: others.map(({ id }) => id) };
  const harmless = seen.from === null && others.length === 0;
  if (!harmless && JSON.stringify(confirmed) !== JSON.stringify(seen)) {
    const fromName = seen.from === null ? null : await nameOf(ctx, seen.from);
    return { kind: 'ask', unit, seen, fromName, others: others.map(({ name }) => name) };
  }
  await rebind(ctx, { unit, chatId });
  return { kind: 'bound', unit };
}

/** Refuses who may not bind groups, whatever button they press. */
export function requireBinder(ctx: Ctx): void {
  requireRight(ctx, { right: 'bindGroup', otherwise: 'bind_not_allowed' });
}

async function rebind(ctx: Ctx, { unit, chatId }: { unit: UnitRow; chatId: string }): Promise<void> {
  const { agent } = requireStaff(ctx);
  if (unit.chatId !== null) {
    const payload = { unitId: unit.id, chatId: unit.chatId };
    await appendLedger(ctx, { townId: await chainOfUnit(ctx, unit.id), caseId: null, kind: 'unbind', payload });
  }
  await setUnitChat(ctx, { unitId: unit.id, chatId });
  if (unit.chatId === null) return;
  const [before, now] = [await nameOf(ctx, unit.chatId), await nameOf(ctx, chatId)];
  await notify(ctx, {
    target: unit.chatId,
    notice: {
      title: `${unit.name}改绑到别的群了`,
      lines: [`${unit.name}的代办件以后发到“${now}”群，不再发到本群。`, `操作人：${agent.name}。`],
    },
  });
  await notifyAdmins(ctx, {
    title: `${unit.name}的群改绑了`,
    lines: [`从“${before}”群改到“${now}”群，操作人：${agent.name}。`],
    except: agent.id,
  });
}

async function nameOf(ctx: Ctx, chatId: string): Promise<string> {
  return (await chatReads.byId(ctx.tx, chatId))?.name ?? '';
}

/** The unit is reached in this group, whoever says so. */
export async function setUnitChat(ctx: Ctx, bound: { unitId: number; chatId: string }): Promise<void> {
  await unitWrites.setChat(ctx.tx, bound);
  const townId = await chainOfUnit(ctx, bound.unitId);
  await appendLedger(ctx, { townId, caseId: null, kind: 'bind', payload: bound });
}
