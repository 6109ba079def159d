import { agentReads } from '../../../db/repositories/agent.ts';
import { type StandInRow, standInReads } from '../../../db/repositories/stand-in.ts';
import type { Ctx } from '../../ctx.ts';
import { addDays, startOfDay } from '../../domain/calendar.ts';
import { daysWords } from '../../domain/stand-in-days.ts';
import { notify } from '../message/notify.ts';
import { endUnseenCards } from './end.ts';

/**
 * Tells both of each 代班 that begins on the day (YYYY-MM-DD) and was named before it, and of each whose last day was the one before; what the
 * stand-in may not see any more follows no longer in their chat.
 */
export async function tellStandIns(ctx: Ctx, day: string): Promise<void> {
  const open = (await standInReads.all(ctx.tx)).filter(({ endedAt }) => endedAt === null);
  for (const standIn of open) {
    if (standIn.toDay === addDays(day, -1)) {
      await tellBoth(ctx, { standIn, title: '代班到期了', words: '到昨天为止，以后的件由本人自己办' });
      await endUnseenCards(ctx, standIn.standInId);
    }
    if (standIn.fromDay === day && standIn.namedAt < startOfDay(day, ctx.zone)) {
      await tellBoth(ctx, { standIn, title: '今天起代班', words: '从今天起，要办的件发 /待办 看' });
    }
  }
}

async function tellBoth(ctx: Ctx, told: { standIn: StandInRow; title: string; words: string }): Promise<void> {
  const { standIn, title, words } = told;
  const people = await agentReads.byIds(ctx.tx, [standIn.absentId, standIn.standInId]);
  const nameOf = (id: number) => people.find((agent) => agent.id === id)?.name ?? '';
  const lines = [`${nameOf(standIn.standInId)}代${nameOf(standIn.absentId)}的班（${daysWords(standIn)}）：${words}。`];
  for (const { openId, status } of people) {
    if (status === 'active') await notify(ctx, { target: openId, notice: { title, lines } });
  }
}
