import { informationHomeCard, pieceListCard } from '../../cards/information.ts';
import { requireStaff, today } from '../ctx.ts';
import { halfOf, halfPeriod, parseHalf } from '../domain/information.ts';
import { Refused } from '../refusals.ts';
import { keeps, officeFor } from '../services/information/office.ts';
import { viewHome, viewPieces } from '../services/information/view.ts';
import { answerPrivately, type Command, fixed } from './command.ts';

const WHY = '稿件和采用只私信里看。';

export const information: Command = {
  name: '信息',
  aliases: ['info', '政务信息'],
  audience: 'agent',
  usage: '/信息 [半年]',
  summary: '报送政务信息，看采用和排名',
  example: '/信息 2026上半年',
  async run(ctx, args) {
    const half = parseHalf(args, today(ctx));
    if (half !== undefined) {
      const { from, label } = halfPeriod(half);
      if (from > today(ctx)) throw new Refused('information_half_ahead', { half: label });
      return answerPrivately(ctx, { content: fixed(informationHomeCard(await viewHome(ctx, half))), why: WHY });
    }
    const staff = requireStaff(ctx);
    if (!keeps(staff, await officeFor(ctx, staff))) throw new Refused('information_half_unknown');
    const wanted = { half: halfOf(today(ctx)), list: 'inbox' as const, page: 0, words: args.trim() };
    return answerPrivately(ctx, { content: fixed(pieceListCard(await viewPieces(ctx, wanted))), why: WHY });
  },
};
