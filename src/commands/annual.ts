import { noticeCard } from '../../cards/notice.ts';
import { requireStaff } from '../ctx.ts';
import { orderAnnual } from '../services/annual/order.ts';
import { type Command, fixed } from './command.ts';
import { readArguments } from './period-and-unit.ts';

export const annual: Command = {
  name: '考核',
  aliases: ['annual', '年度考核', '考核指标'],
  audience: 'manager',
  usage: '/考核 [年] [单位]',
  summary: '年度考核指标和代办员工作量，Excel',
  example: '/考核 今年',
  async run(ctx, args) {
    const { unit, period } = await readArguments(ctx, args);
    const year = Number(period.from.slice(0, 4));
    await orderAnnual(ctx, { unitId: unit.id, year });
    const { name } = requireStaff(ctx).agent;
    const lines = [
      `正在生成 Excel，做好就私信给${name}，一般十几秒。`,
      '里面有三张表：年度指标、指标从哪里来、代办员工作量。',
    ];
    return fixed(noticeCard({ tone: 'info', title: `${unit.name} ${year}年考核指标`, lines }));
  },
};
