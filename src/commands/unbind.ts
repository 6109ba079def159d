import { unbindCard } from '../../cards/unit.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { Refused } from '../refusals.ts';
import { seekUnit } from '../services/unit/seek.ts';
import { groupToUnbind } from '../services/unit/unbind.ts';
import { type Command, type CommandCtx, fixed } from './command.ts';

export const unbind: Command = {
  name: '解绑',
  aliases: ['unbind'],
  audience: 'manager',
  usage: '/解绑 [单位]',
  summary: '单位的代办件不再发到它的群',
  example: '/解绑 巴彦托海镇',
  async run(ctx, args) {
    const { id: unitId } = args === '' ? await onlyUnitHere(ctx) : await seekUnit(ctx, args);
    const { unit, ...group } = await groupToUnbind(ctx, unitId);
    return fixed(unbindCard({ ...group, unitId: unit.id, unit: unit.name }));
  },
};

async function onlyUnitHere(ctx: CommandCtx): Promise<UnitRow> {
  const bound = ctx.chat.type === 'group' ? await unitReads.byChat(ctx.tx, ctx.chat.chatId) : [];
  const [only, ...others] = bound;
  if (!only) throw new Refused('unbind_needs_unit');
  if (others.length > 0) {
    throw new Refused('unbind_which', { units: bound.map(({ name }) => name).join('、'), first: only.name });
  }
  return only;
}
