/** Answers a line that names no command, if everyday words say what it asks for. */
import { figureCasesCard } from '../../cards/figure-cases.ts';
import { noticeCard } from '../../cards/notice.ts';
import { roleWords } from '../../cards/words.ts';
import { personOf } from '../ctx.ts';
import { belongsTo } from '../domain/agent.ts';
import { namesAnItem } from '../domain/catalogue.ts';
import { groupingsOf } from '../domain/grouping.ts';
import { parsePeriod } from '../domain/period.ts';
import { postsOf } from '../domain/permission.ts';
import { type PlainWords, readPlainWords, readWithoutItem } from '../domain/plain-words.ts';
import { prefill } from '../domain/prefill.ts';
import { searchableCatalogue } from '../services/item/catalogue.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { statsScope } from '../services/stats/scope.ts';
import { viewFigureCases } from '../services/stats/view-cases.ts';
import { answerPrivately, type CommandCtx, fixed } from './command.ts';
import { find, findQuietly } from './find.ts';
import { greeting } from './help.ts';
import { commands } from './index.ts';
import { items } from './items.ts';
import { offerToJoin } from './join.ts';
import { register } from './register.ts';
import { todo } from './todo.ts';

type Answer = OutboxContent | undefined;
type RunNamed = (ctx: CommandCtx, line: { name: string; args: string }) => Promise<Answer>;

/** `unknown` where the words say nothing that is known. @param run runs a command for those who may. */
export async function answerPlainWords(ctx: CommandCtx, text: string, run: RunNamed): Promise<Answer | 'unknown'> {
  const read = readPlainWords(text);
  const meant = (await isAboutItem(ctx, read)) ? read : readWithoutItem(text);
  switch (meant?.kind) {
    case undefined:
      return 'unknown';
    case 'hello':
      return greeting(ctx, commands);
    case 'thanks':
      return fixed(noticeCard({ tone: 'info', title: '不客气', lines: ['有事随时发给我。'] }));
    case 'howTo':
      return run(ctx, { name: '帮助', args: '' });
    case 'join':
      return joining(ctx);
    case 'mine':
      return run(ctx, { name: todo.name, args: '' });
    case 'overdue':
      return overdue(ctx, run);
    case 'change':
      return fixed(changing(meant.number));
    case 'step':
      return fixed(onTheCard(meant.label));
    case 'item':
      return run(ctx, { name: items.name, args: meant.words });
    case 'register':
      return run(ctx, { name: register.name, args: meant.line });
    case 'find':
      if (meant.sure) return run(ctx, { name: find.name, args: meant.words });
      return ctx.actor.kind === 'agent' ? findQuietly(ctx, meant.words) : 'unknown';
  }
}

/** True, too, of what names no item because it asks for something else. */
async function isAboutItem(ctx: CommandCtx, meant: PlainWords | undefined): Promise<boolean> {
  switch (meant?.kind) {
    case 'item':
      return namesAnItem(await searchableCatalogue(ctx), meant.words);
    case 'register':
      return prefill(meant.line, await searchableCatalogue(ctx), []).itemCodes.length > 0;
    default:
      return true;
  }
}

/**
 * A person with a telephone number is somebody to register (老王要办医保，电话139…), or, where the line names nothing else, somebody
 * to look for first. The form shows what was understood before it counts. `unknown` where the line names no such person.
 */
export async function answerPerson(ctx: CommandCtx, text: string, run: RunNamed): Promise<Answer | 'unknown'> {
  const { name, nameWords, phone, itemCodes, rest } = prefill(text, await searchableCatalogue(ctx), []);
  if ((name ?? nameWords) === undefined || phone === undefined || !/\d/.test(phone)) return 'unknown';
  if (ctx.actor.kind === 'agent' && itemCodes.length === 0 && rest.length === 0) {
    const found = await findQuietly(ctx, phone);
    if (found !== 'unknown') return found;
  }
  return run(ctx, { name: register.name, args: text });
}

/** To a manager the list behind the figure; to others what they have to do, which begins with it. */
async function overdue(ctx: CommandCtx, run: RunNamed): Promise<Answer> {
  const period = parsePeriod('本月', ctx.now, ctx.zone);
  const posts = ctx.actor.kind === 'agent' ? postsOf(personOf(ctx.actor)) : [];
  const post = posts.find(({ role }) => belongsTo('manager', role));
  if (!post || !period) return run(ctx, { name: todo.name, args: '' });
  const scope = await statsScope(ctx, post.unitId);
  const figures = { unitId: post.unitId, period: `${period.from}..${period.to}`, askerId: post.agentId };
  const [by] = groupingsOf[scope.unit.level];
  const at = { ...figures, v: 1, action: 'stats.cases', by, list: 'overdue', page: 0 } as const;
  const card = figureCasesCard(await viewFigureCases(ctx, { scope, period, at }));
  return answerPrivately(ctx, { content: fixed(card), why: '超期的件只私信给您。' });
}

async function joining(ctx: CommandCtx): Promise<Answer> {
  if (ctx.actor.kind !== 'agent') return offerToJoin(ctx);
  const { agent, unit } = ctx.actor;
  const lines = [`您是${unit.name}的${roleWords[agent.role]}，不用再申请。要换单位，请联系本单位管理员。`];
  return fixed(noticeCard({ tone: 'info', title: '您已经加入了', lines }));
}

function changing(number: string | undefined) {
  const which = number === undefined ? '先发编号、姓名或手机尾号，打开那件代办。' : `先发 ${number}，打开那件代办。`;
  return noticeCard({
    tone: 'info',
    title: '登记写错了',
    lines: [which, '在卡片上点“更正”，改好再提交。办结以后由管理员更正，要写明原因。'],
  });
}

/** Which case is meant only its card says. */
function onTheCard(label: string) {
  return noticeCard({
    tone: 'info',
    title: `在卡片上点“${label}”`,
    lines: [
      `先发编号、姓名或手机尾号，打开那件代办，再点“${label}”。`,
      '卡片上没有这个按钮，就是现在不能办或不归您办；发 /待办 看看要办的件。',
    ],
  });
}
