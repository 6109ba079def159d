/** Pictures and files that somebody sends: for the case whose papers are being sent, or whose card they reply to. */
import { cardReads } from '../../db/repositories/card.ts';
import type { Ctx } from '../ctx.ts';
import type { InboundMessage } from '../lark/port.ts';
import { expectsPapers, receivePapers } from '../services/paper/receive.ts';
import { finishSending } from '../services/paper/round.ts';
import { receiveListFile } from '../services/unit-list/file.ts';

/** As people say it when the last one is out. */
const DONE = /^\s*(?:材料|照片)?(?:都|已经?)?[传发](?:送)?完[了啦]?[\s。.!！~～]*$/u;
/** What programs for spreadsheets save: rather a list to be imported than somebody's paper. */
export const SPREADSHEET = /\.(?:xlsx|xlsm|xls|xlsb|et|ett|csv|ods|numbers)$/i;

/**
 * Takes what a member of staff sent. True when that is all there is to the message. Words beside pictures are looked at as ever: in a
 * group only a reply to a case's card says of which case pictures are.
 */
export async function takePapers(ctx: Ctx, message: InboundMessage): Promise<boolean> {
  if (ctx.actor.kind !== 'agent') return false;
  const { files, text, chatType, messageId } = message;
  if (files.length === 0) return chatType === 'p2p' && DONE.test(text) && finishSending(ctx);
  if (await takeListFile(ctx, message)) return true;
  const caseId = await repliedCase(ctx, message);
  const alone = text === '';
  if (caseId === undefined && (chatType === 'group' || !(alone || (await expectsPapers(ctx))))) return false;
  if (caseId === undefined && isTable(message) && !(await expectsPapers(ctx))) return false;
  await receivePapers(ctx, { messageId, files, caseId });
  return alone;
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
