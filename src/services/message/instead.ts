import { noticeCard } from '../../../cards/notice.ts';
import type { Ctx } from '../../ctx.ts';
import { type OutboxContent, openContent, type SealedRow } from './content.ts';
import { enqueuePost } from './enqueue.ts';

/**
 * Why a message is given up. `undrawn`: its card could not be made. `broken`, `screened`, `unreachable`: the platform does not take
 * it as it is, or what it says, or for whom it is. `unconfirmed`: it may have arrived. `forged`: somebody else wrote it;
 * `changed`: or what it rests on.
 */
export type WhyDead = 'undrawn' | 'broken' | 'screened' | 'unreachable' | 'unconfirmed' | 'forged' | 'changed';

/** Stands as the error of what is `forged` or `changed`. */
export const NOT_OURS = '不是本程序写的，或被改动过';

interface Words {
  readonly title: string;
  readonly sentence: string;
}

/** What is said in a message's place; of the others nobody can be told, or need be. */
const wordsFor: Partial<Record<WhyDead, Words>> = {
  undrawn: { title: '内容没有生成', sentence: '这次的内容没有生成出来，请过一会儿再试；还不行，请联系系统管理员。' },
  broken: { title: '内容没有发出', sentence: '飞书没有接受这次的内容，请换个范围再试；还不行，请联系系统管理员。' },
  screened: {
    title: '内容没有发出',
    sentence: '飞书的内容检查没有放行（多半因为里面有电话号码），请联系系统管理员在飞书管理后台处理。',
  },
  changed: { title: '内容没有发出', sentence: '数据库里的记录和台账对不上，这次的内容没有发出，请联系系统管理员。' },
};

function fileWords(kind: 'Excel' | 'Word'): Words {
  return {
    title: `${kind} 文件没有发出`,
    sentence: '文件没有发成，请过一会儿再要一次；还不行，请联系系统管理员。',
  };
}

function wordsInPlaceOf(content: OutboxContent | undefined, why: WhyDead): Words | undefined {
  if (content?.kind === 'sheet') return fileWords('Excel');
  if (content?.kind === 'letter') return fileWords('Word');
  return wordsFor[why];
}

/** Says where a message should have stood that it does not come: somebody may wait for it. In place of a row that does not open nothing is said. Nor in place of that sentence. */
export async function sayInstead(ctx: Ctx, { row, why }: { row: SealedRow; why: WhyDead }): Promise<void> {
  const content = row.operation === 'update' ? undefined : openContent(ctx.vault, row);
  const words = wordsInPlaceOf(content, why);
  if (!content || !words || (content.kind === 'fixed' && content.instead === true)) return;
  const card = noticeCard({ tone: 'error', title: words.title, lines: [words.sentence] });
  await enqueuePost(ctx, { target: row.target, content: { kind: 'fixed', card, instead: true } });
}
