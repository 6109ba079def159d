import { lineOf } from '../../db/repositories/unit.ts';
import { today } from '../ctx.ts';
import { local } from '../domain/level-names.ts';
import { requireRosterOf } from '../services/roster/order.ts';
import { drawRoster } from '../services/roster/show.ts';
import { answerDiscreetly, type Command, fixed } from './command.ts';
import { readArguments } from './period-and-unit.ts';

export const roster: Command = {
  name: '名册',
  aliases: ['roster'],
  audience: 'manager',
  usage: '/名册 [单位] [日期]',
  get summary() {
    return local`代办员名册（方案附件5）：哪个嘎查社区没有专职代办员，导出 Excel`;
  },
  example: '/名册 巴彦托海镇 2026-11-01',
  async run(ctx, args) {
    const { unit, units, period } = await requireRosterOf(() => readArguments(ctx, args));
    // Of a stretch of time, its end.
    const day = [period.to, today(ctx)].sort()[0] ?? today(ctx);
    const card = await drawRoster(ctx, { unit, units, day });
    return answerDiscreetly(ctx, fixed(card), lineOf(unit.id, units));
  },
};
