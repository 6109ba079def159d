import { noticeCard } from '../../cards/notice.ts';
import { personOf, requireStaff } from '../ctx.ts';
import { sightsOf } from '../domain/permission.ts';
import { isMaskedPhone } from '../domain/person.ts';
import { soughtWords } from '../domain/plain-words.ts';
import { Refused } from '../refusals.ts';
import { loadCase } from '../services/case/dossier.ts';
import { type Found, findCases } from '../services/case/find.ts';
import { showCase } from '../services/case/show.ts';
import { LISTED_MAX, type OutboxContent } from '../services/message/content.ts';
import { answerDiscreetly, answerPrivately, type Command, type CommandCtx, fixed } from './command.ts';

export const find: Command = {
  name: '查',
  aliases: ['find', '查询', '查件'],
  takesWords: true,
  audience: 'agent',
  usage: '/查 编号·姓名·手机尾号',
  summary: '查一件办到哪一步了',
  example: '/查 26-01-00012',
  async run(ctx, args) {
    if (args === '') throw new Refused('find_needs_word');
    const words = soughtWords(args);
    if (isMaskedPhone(words)) throw new Refused('find_masked_phone');
    const found = await look(ctx, args);
    const better = found.newest.length === 0 && words !== args ? await look(ctx, words) : found;
    if (better.newest.length === 0) throw new Refused('find_nothing');
    return answerWith(ctx, better);
  },
};

/** As /查 with these words; `unknown` when nothing is found. */
export async function findQuietly(ctx: CommandCtx, words: string): Promise<OutboxContent | undefined | 'unknown'> {
  const found = await look(ctx, words);
  return found.newest.length === 0 ? 'unknown' : answerWith(ctx, found);
}

function look(ctx: CommandCtx, text: string): Promise<Found> {
  return findCases(ctx, { staff: requireStaff(ctx), text, shown: LISTED_MAX });
}

async function answerWith(ctx: CommandCtx, found: Found): Promise<OutboxContent | undefined> {
  const { total, newest } = found;
  const [only] = newest;
  if (only && total === 1) {
    const where = await showCase(ctx, { dossier: await loadCase(ctx, only.id), chat: ctx.chat });
    if (where === 'here') return undefined;
    return fixed(
      noticeCard({ tone: 'info', title: '已私信发给您', lines: ['这件代办和本群无关，卡片已私信发给您。'] }),
    );
  }
  const { agent } = requireStaff(ctx);
  const ids = newest.map(({ id }) => id);
  const list = { title: '查到的代办件', empty: '这些件您现在看不到了。', total, ids, hint: hintFor(found) };
  const content = { kind: 'cases', agentId: agent.id, list } as const;
  // Of these the people of the own group might see only some.
  const [sight, ...others] = sightsOf(personOf(requireStaff(ctx)));
  if (others.length === 0 && (sight?.reach === 'unit' || sight?.reach === 'below'))
    return answerDiscreetly(ctx, content);
  return answerPrivately(ctx, { content, why: '查到的件有的不归本群看，只私信给您。' });
}

function hintFor({ total, countedAll, byBeginning }: Found): string | null {
  if (byBeginning) return '按姓只找本单位在办的和近三个月登记的；没有的，请发全名、手机号或编号。';
  if (!countedAll) return `只数了最近的${total}件，更早的还有。请发 /查 编号，或发 /查 完整手机号。`;
  return total > LISTED_MAX ? '还有更早的，请发 /查 编号。' : null;
}
