import { introductionCard } from '../../cards/agent.ts';
import { checklistCard } from '../../cards/checklist.ts';
import { noticeCard } from '../../cards/notice.ts';
import { Refused } from '../refusals.ts';
import { isNameless, setUp } from '../services/agent/setup.ts';
import { firstSteps, viewIntroduction } from '../services/agent/view-introduction.ts';
import { welcomeView } from '../services/setting/checklist.ts';
import { type Command, fixed } from './command.ts';
import { wordsIn } from './words.ts';

export const setup: Command = {
  name: '初始化',
  aliases: ['setup'],
  audience: 'all',
  hidden: true,
  usage: '/初始化 口令 姓名',
  summary: '第一次使用时成为系统管理员',
  example: null,
  async run(ctx, args) {
    if (ctx.chat.type !== 'p2p') throw new Refused('setup_private');
    const [code = '', ...name] = wordsIn(args);
    const result = await setUp(ctx, { openId: ctx.openId, code, name: name.join(' ') });
    if (!result.ok) {
      return fixed(noticeCard({ tone: 'warning', title: '没有成功', lines: [result.refusal.sentence] }));
    }
    if (isNameless(result.admin))
      return fixed(introductionCard(await viewIntroduction(ctx, { values: {}, errors: {} })));
    return fixed(checklistCard(await welcomeView(ctx, { title: '您现在是系统管理员', lines: firstSteps })));
  },
};
