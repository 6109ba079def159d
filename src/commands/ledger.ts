import { sheetCard } from '../../cards/sheet.ts';
import { lineOf } from '../../db/repositories/unit.ts';
import { requireStaff } from '../ctx.ts';
import { orderLedger } from '../services/ledger/order.ts';
import { isOwnGround } from '../services/unit/own-ground.ts';
import { answerPrivately, type Command, fixed } from './command.ts';
import { readArguments } from './period-and-unit.ts';

export const ledger: Command = {
  name: '台账',
  aliases: ['ledger'],
  audience: 'manager',
  usage: '/台账 [时间] [单位]',
  summary: '要一份 Excel 台账，连同每一步的记录',
  example: '/台账 上月 巴彦托海镇',
  async run(ctx, args) {
    const { period, unit, units } = await readArguments(ctx, args);
    // A department's own people see the cases it holds, not all those of its items.
    const here = unit.level !== 'department' && (await isOwnGround(ctx, ctx.chat, lineOf(unit.id, units)));
    const target = here && ctx.chat.type === 'group' ? ctx.chat.chatId : ctx.openId;
    const { count, parts } = await orderLedger(ctx, { unitId: unit.id, period, target });
    // A group's card is everybody's: what only an administrator may do stays out of it.
    const offersFull = requireStaff(ctx).agent.role === 'admin' && ctx.chat.type === 'p2p';
    const card = sheetCard({
      title: `${unit.name} ${period.label}`,
      count,
      parts,
      note: `按登记时间统计，${unit.level === 'department' ? '本部门的事项' : '含下属单位'}；群众信息已隐去。`,
      full: offersFull ? { unitId: unit.id, from: period.from, to: period.to } : null,
    });
    if (here) return fixed(card);
    return answerPrivately(ctx, { content: fixed(card), why: '台账里有本群看不到的件，只私信给您。' });
  },
};
