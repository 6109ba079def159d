/** What could not be delivered, in words that an administrator knows: whose group or which person, and which case. */
import { agentReads } from '../../../db/repositories/agent.ts';
import { cardReads } from '../../../db/repositories/card.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import { chatReads } from '../../../db/repositories/chat.ts';
import { type OutboxRow, outboxReads } from '../../../db/repositories/outbox.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import type { Trouble } from '../alert/raise.ts';
import { isPerson } from '../card/targets.ts';
import { type OutboxContent, openContent } from './content.ts';
import { NOT_OURS } from './instead.ts';

/** One notice tells all that was given up in so long. */
const TOLD_TOGETHER_MS = 6 * 3_600_000;
const ROWS_MAX = 200;
const THINGS_NAMED_MAX = 10;

/** One trouble for each group or person that something lately did not reach, and one for what somebody else wrote. */
export async function undeliveredTroubles(ctx: Reading): Promise<Trouble[]> {
  const rows = await outboxReads.dead(ctx.tx, { since: ctx.now - TOLD_TOGETHER_MS, limit: ROWS_MAX });
  const lost = new Map<string, Set<string>>();
  let forged = 0;
  for (const row of rows) {
    const content = openContent(ctx.vault, row);
    if (!content || row.error === NOT_OURS) forged += 1;
    else lost.set(row.target, (lost.get(row.target) ?? new Set()).add(await thingOf(ctx, { row, content })));
  }
  const troubles: Trouble[] = forged > 0 ? [forgedTrouble(forged)] : [];
  for (const [target, things] of lost) troubles.push(lostTrouble(target, await nameOfTarget(ctx, target), [...things]));
  return troubles;
}

function forgedTrouble(count: number): Trouble {
  const lines = [
    `数据库里有 ${count} 条待发消息没有发：它们，或它们所依据的人员、代办件、卡片的记录，不是本程序写的，或被改动过。`,
    '请查清谁能写数据库，再运行 ledger verify。',
  ];
  return { key: 'forged', title: '待发消息被改动过', lines };
}

function lostTrouble(target: string, name: string, things: readonly string[]): Trouble {
  const more = things.length > THINGS_NAMED_MAX ? `等 ${things.length} 项` : '';
  return {
    key: `undelivered:${target}`,
    title: '有消息没有送到',
    gathered: true,
    lines: [
      `${name}没有收到：${things.slice(0, THINGS_NAMED_MAX).join('、')}${more}。`,
      '请当面或电话告知；群还在不在、机器人和人还在不在，请看一下。消息已留存，可用 doctor 命令查看。',
    ],
  };
}

/** Whose group it is, or who; an id only where nothing else is known. */
export async function nameOfTarget(ctx: Pick<Reading, 'tx'>, target: string): Promise<string> {
  if (isPerson(target)) return (await agentReads.byOpenId(ctx.tx, target))?.name ?? '一位还没有登记的人';
  const units = await unitReads.byChat(ctx.tx, target);
  if (units.length > 0) return `${units.map(({ name }) => name).join('、')}的群`;
  const chat = await chatReads.byId(ctx.tx, target);
  return chat?.name ? `群“${chat.name}”` : `群 ${target}`;
}

const things: Readonly<
  Record<Exclude<OutboxContent['kind'], 'living' | 'moved' | 'ended' | 'reveal' | 'correction' | 'paper'>, string>
> = {
  fixed: '一张通知或回答',
  registration: '一张登记卡',
  moreSteps: '一张代办件操作表',
  cases: '一张代办件清单',
  sheet: '一个 Excel 文件',
  letter: '一个 Word 文件',
  listFile: '一张清单的文件',
  evidence: '一张照片',
};

async function thingOf(
  ctx: Reading,
  { row, content }: { row: Pick<OutboxRow, 'livingCardId'>; content: OutboxContent },
): Promise<string> {
  if (content.kind === 'reveal') return `${await caseNumberOf(ctx, content.caseId)} 的申请人信息`;
  if (content.kind === 'paper') return `${await caseNumberOf(ctx, content.caseId)} 的一份材料`;
  if (content.kind === 'correction') return `${await caseNumberOf(ctx, content.caseId)} 的更正表`;
  const { kind } = content;
  if (kind !== 'living' && kind !== 'moved' && kind !== 'ended') return things[kind];
  const card = row.livingCardId === null ? undefined : await cardReads.byId(ctx.tx, row.livingCardId);
  switch (card?.subject) {
    case 'case':
      return `代办件 ${await caseNumberOf(ctx, card.subjectId)}`;
    case 'report':
      return '月报';
    case 'application':
      return '加入申请';
    case 'papers':
      return '传材料的卡片';
    case 'upkeep':
      return '值班单';
    case 'bulletin':
      return '季度通报';
    case 'import':
      return '导入名单的卡片';
    case undefined:
      return '一张卡片';
  }
}

async function caseNumberOf(ctx: Reading, caseId: number): Promise<string> {
  return (await caseReads.byId(ctx.tx, caseId))?.caseNumber ?? '';
}
