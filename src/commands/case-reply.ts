/** Answers a line that replies to a case's card: it is about that case, whatever it says. */
import { noticeCard } from '../../cards/notice.ts';
import { stepButtons, stepWords } from '../../cards/words.ts';
import type { PressedStep } from '../domain/case.ts';
import { parseCommandLine } from '../domain/command-line.ts';
import { readReply } from '../domain/reply.ts';
import { isLongerThan, LINE_MAX } from '../domain/typed.ts';
import { Refused } from '../refusals.ts';
import { acceptCase } from '../services/case/accept.ts';
import { askCorrection } from '../services/case/ask-correction.ts';
import { askMoreSteps } from '../services/case/ask-more.ts';
import type { CaseDossier } from '../services/case/dossier.ts';
import { noteCase } from '../services/case/note.ts';
import { resumeCase } from '../services/case/resume.ts';
import { revealApplicant } from '../services/case/reveal.ts';
import { showCase } from '../services/case/show.ts';
import { requireStep } from '../services/case/step.ts';
import { undoStep } from '../services/case/undo.ts';
import { urgeCase } from '../services/case/urge.ts';
import type { OutboxContent } from '../services/message/content.ts';
import { type CommandCtx, fixed } from './command.ts';
import { find } from './find.ts';
import { commands } from './index.ts';

type Answer = OutboxContent | undefined;

/** `other` where the line has nothing to do with the case: it is then answered like any line. @param dossier of a case that the writer sees. */
export async function answerCaseReply(
  ctx: CommandCtx,
  { dossier, text }: { dossier: CaseDossier; text: string },
): Promise<Answer | 'other'> {
  if (isLongerThan(text, LINE_MAX)) throw new Refused('note_too_long', { max: String(LINE_MAX) });
  if (isOtherCommand(text)) return 'other';
  const { id: caseId, version, caseNumber } = dossier.record;
  const meant = readReply(text);
  switch (meant.kind) {
    case 'other':
      return 'other';
    case 'note':
      await noteCase(ctx, { caseId, text: meant.text });
      return said(`已记入 ${caseNumber} 的说明。`);
    case 'asked':
      break;
  }
  switch (meant.what) {
    case 'show':
      return answerShown(await showCase(ctx, { dossier, chat: ctx.chat }), { here: undefined, privately: '' });
    case 'reveal':
      await revealApplicant(ctx, { caseId });
      return said('已私信发给您，这次查看记入台账。');
    case 'correct':
      await askCorrection(ctx, { caseId });
      return said(`${caseNumber} 的更正表已私信发给您。`);
    case 'undo': {
      const { undone } = await undoStep(ctx, { caseId, version });
      return said(`已撤销 ${caseNumber} 的“${stepWords[undone]}”。`);
    }
    case 'suspend':
    case 'terminate':
    case 'handOver':
    case 'entrust':
      await requireStep(ctx, { dossier, step: meant.what });
      await askMoreSteps(ctx, { caseId });
      return said(`请在私信里填好，再点“${stepButtons[meant.what]}”。`);
    case 'resume':
      await resumeCase(ctx, { caseId, version });
      return said(`${caseNumber} 已恢复办理。`);
    case 'accept':
      await acceptCase(ctx, { caseId, version, externalNumber: '' });
      return said(`已接收 ${caseNumber}。`);
    case 'urge':
      await urgeCase(ctx, { caseId, version });
      return said(`已催办 ${caseNumber}；急的请再打电话。`);
    default:
      return bringForm(ctx, { dossier, step: meant.what });
  }
}

/** `/待办` below a card is /待办; `/查` alone asks for the case, and what no command knows is about it. */
function isOtherCommand(text: string): boolean {
  if (!/^\s*[/／]/u.test(text)) return false;
  const line = parseCommandLine(text, commands);
  return line.kind === 'command' && !(line.name === find.name && line.args === '');
}

/** What has to be filled in or confirmed is done on the card, which comes to whoever may do it. */
async function bringForm(
  ctx: CommandCtx,
  { dossier, step }: { dossier: CaseDossier; step: PressedStep },
): Promise<Answer> {
  await requireStep(ctx, { dossier, step });
  const where = await showCase(ctx, { dossier, chat: ctx.chat });
  const what = `填好再点“${stepButtons[step]}”。`;
  return answerShown(where, { here: `请在刚发来的卡片上${what}`, privately: `请在那里${what}` });
}

/** @param words undefined: the card says it all. */
function answerShown(where: 'here' | 'privately', words: { here: string | undefined; privately: string }): Answer {
  if (where === 'privately') return said(`卡片已私信发给您。${words.privately}`);
  return words.here === undefined ? undefined : said(words.here);
}

/** In one line: its title is what the notification shows. */
function said(sentence: string): OutboxContent {
  return fixed(noticeCard({ tone: 'info', title: '代办件', lines: [sentence] }));
}
