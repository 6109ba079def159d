import { noticeCard } from '../../cards/notice.ts';
import { today } from '../ctx.ts';
import { local } from '../domain/level-names.ts';
import { parsePeriod } from '../domain/period.ts';
import { quarterBefore, quarterIn } from '../domain/quarter.ts';
import { Refused } from '../refusals.ts';
import { showQuarter } from '../services/bulletin/show.ts';
import { answerDiscreetly, type Command, type CommandCtx, fixed } from './command.ts';

export const bulletin: Command = {
  name: '通报',
  aliases: ['bulletin'],
  audience: 'manager',
  usage: '/通报 [季度]',
  get summary() {
    return local`季度通报：各苏木乡镇的得分和名次，附 Word 文件`;
  },
  example: '/通报 上季',
  async run(ctx, args) {
    const card = await showQuarter(ctx, quarterFrom(ctx, args));
    if (card) return answerDiscreetly(ctx, fixed(card));
    if (ctx.chat.type === 'p2p') return undefined;
    const lines = ['核对、写按语和发布都在私信的卡片上。'];
    return fixed(noticeCard({ tone: 'info', title: '通报已私信给您', lines }));
  },
};

/** The last one that is over, unless another is named. Refuses what is no quarter. */
function quarterFrom(ctx: CommandCtx, args: string): string {
  if (args.trim() === '') return quarterBefore(today(ctx));
  const period = parsePeriod(args, ctx.now, ctx.zone);
  const quarter = period && quarterIn(period);
  if (quarter === undefined) throw new Refused('bulletin_quarter_unknown', {}, args);
  return quarter;
}
