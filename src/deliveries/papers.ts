/** Pictures and files that somebody sends: for the case whose papers are being sent, or whose card they reply to. */
import type { NoticeView } from '../../cards/notice.ts';
import { cardReads } from '../../db/repositories/card.ts';
import type { Ctx } from '../ctx.ts';
import type { InboundMessage } from '../lark/port.ts';
import { expectsPapers, receivePapers } from '../services/paper/receive.ts';
import { finishSending } from '../services/paper/round.ts';
import { receiveListFile } from '../services/unit-list/file.ts';

/** As people say it when the last one is out. */
const DONE = /^\s*(?:材料|照片)?(?:都|已经?)?[传发](?:送)?完[了啦]?[\s。.!！~～]*$/u;
/** Of what a group should not go on seeing. */
export const RECALL = '上面有群众证件、个人信息的，请在群里撤回。';
/** What programs for spreadsheets save: rather a list to be imported than somebody's paper. */
export const SPREADSHEET = /\.(?:xlsx|xlsm|xls|xlsb|et|ett|csv|ods|numbers)$/i;

/**
 * Takes what a member of staff sent. `all`: that is all there is to the message; `besides`: its words are to be looked at, too; `none`:
 * nothing was taken. In a group only a reply to a case's card says of which case pictures are.
 */
export async function takePapers(ctx: Ctx, message: InboundMessage): Promise<'all' | 'besides' | 'none'> {
  if (ctx.actor.kind !== 'agent') return 'none';
  const { files, text, chatType, messageId } = message;
  if (files.length === 0) {
    return chatType === 'p2p' && DONE.test(text) && (await finishSending(ctx)) ? 'all' : 'none';
  }
  if (await takeListFile(ctx, message)) return 'all';
  const caseId = await repliedCase(ctx, message);
  const alone = text === '';
  if (caseId === undefined && (chatType === 'group' || !(alone || (await expectsPapers(ctx))))) return 'none';
  if (caseId === undefined && isTable(message) && !(await expectsPapers(ctx))) return 'none';
  await receivePapers(ctx, { messageId, files, caseId });
  return alone ? 'all' : 'besides';
}

/** What is said to a member of staff of pictures and files that stood beside words and were not taken; undefined where there were none. */
export function leftOut({ actor }: Ctx, { files, text, chatType }: InboundMessage): NoticeView | undefined {
  if (files.length === 0 || text === '' || actor.kind !== 'agent') return undefined;
  const what = files.every(({ kind }) => kind === 'image') ? '照片' : '文件';
  const lines =
    chatType === 'group'
      ? [`要存到代办件里，请在它的卡片上点“传材料”，再把${what}私信发给我。`, RECALL]
      : [`要存到代办件里，请先在它的卡片上点“传材料”，再把${what}发一次。`];
  return { tone: 'warning', title: `${what}没有存下来`, lines };
}

/** Whoever has just published a list sends its file next, whatever it is. */
async function takeListFile(ctx: Ctx, message: InboundMessage): Promise<boolean> {
  const { files, text, chatType, messageId, repliedTo } = message;
  const [file, ...more] = files;
  if (!file || more.length > 0 || text !== '' || chatType !== 'p2p' || repliedTo !== undefined) return false;
  return receiveListFile(ctx, { messageId, key: file.key, kind: file.kind, name: file.name });
}

/** A table is more likely to be read in than to be somebody's paper. */
function isTable({ files }: InboundMessage): boolean {
  return files.every(({ name }) => name !== undefined && SPREADSHEET.test(name));
}

/** The case of the card that is replied to. */
async function repliedCase(ctx: Ctx, { repliedTo }: InboundMessage): Promise<number | undefined> {
  const card = repliedTo === undefined ? undefined : await cardReads.byMessage(ctx.tx, repliedTo);
  return card?.subject === 'case' ? card.subjectId : undefined;
}
