import { noticeCard } from '../../cards/notice.ts';
import { Refused } from '../refusals.ts';
import { setUp } from '../services/agent/setup.ts';
import { type Command, fixed } from './command.ts';

export const setup: Command = {
  name: '初始化',
  aliases: ['setup'],
  audience: 'all',
  hidden: true,
  usage: '/初始化 口令',
  summary: '第一次使用时成为系统管理员',
  example: null,
  async run(ctx, args) {
    if (ctx.chat.type !== 'p2p') throw new Refused('setup_private');
    const result = await setUp(ctx, { openId: ctx.openId, code: args });
    if (!result.ok) {
      return fixed(noticeCard({ tone: 'warning', title: '没有成功', lines: [result.refusal.sentence] }));
    }
    return fixed(
      noticeCard({
        tone: 'success',
        title: '您现在是系统管理员',
        lines: ['接下来：把我拉进各单位的群，在群里发 /绑定 单位名称。', '同事私信我就会收到登记卡，由您审批。'],
      }),
    );
  },
};
