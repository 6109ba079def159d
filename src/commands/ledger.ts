import { sheetCard } from '../../cards/sheet.ts';
import { lineOf } from '../../db/repositories/unit.ts';
import { requireStaff, today } from '../ctx.ts';
import { dayPeriod, type Period } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import { orderLedger } from '../services/ledger/order.ts';
import { isOwnGround } from '../services/unit/own-ground.ts';
import { answerPrivately, type Command, type CommandCtx, fixed } from './command.ts';
import { readArguments } from './period-and-unit.ts';
import { wordsIn } from './words.ts';

/** What is open now, whenever registered. */
const OPEN = '在办';

export const ledger: Command = {
  name: '台账',
  aliases: ['ledger'],
  audience: 'manager',
  usage: '/台账 [时间·在办] [单位]',
  summary: '要一份 Excel 台账，连同每一步的记录；“在办”是现在还没办结的',
  example: '/台账 上月 巴彦托海镇',
  async run(ctx, args) {
    const words = wordsIn(args);
    const open = words.includes(OPEN);
    const rest = words.filter((word) => word !== OPEN).join(' ');
    const { named, unit, units, period: asked } = await readArguments(ctx, rest);
    if (open && named) throw new Refused('ledger_open_has_no_period');
    const period = open ? openNow(ctx) : asked;
    // A department's own people see the cases it holds, not all those of its items.
    const here = unit.level !== 'department' && (await isOwnGround(ctx, ctx.chat, lineOf(unit.id, units)));
    const target = here && ctx.chat.type === 'group' ? ctx.chat.chatId : ctx.openId;
    const { count, parts } = await orderLedger(ctx, { unitId: unit.id, period, open, target });
    // A group's card is everybody's: what only an administrator may do stays out of it.
    const offersFull = !open && requireStaff(ctx).agent.role === 'admin' && ctx.chat.type === 'p2p';
    const card = sheetCard({
      title: `${unit.name} ${period.label}`,
      count,
      parts,
      note: `${open ? '现在还没办结的，不管哪天登记' : '按登记时间统计'}，${unit.level === 'department' ? '本部门的事项' : '含下属单位'}；群众信息已隐去。`,
      full: offersFull ? { unitId: unit.id, from: period.from, to: period.to } : null,
    });
    if (here) return fixed(card);
    return answerPrivately(ctx, { content: fixed(card), why: '台账里有本群看不到的件，只私信给您。' });
  },
};

/** Named by the day it is true for. */
function openNow(ctx: CommandCtx): Period {
  const now = dayPeriod(today(ctx));
  return { ...now, label: `${now.label}${OPEN}` };
}
