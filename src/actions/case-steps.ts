/** The buttons of a case's life. Each reads its form and calls its service; the answer is a toast and the fresh card. */
import { stepTakenCard } from '../../cards/case-more.ts';
import { caseForms } from '../../cards/forms.ts';
import { ratingWords, stepWords } from '../../cards/words.ts';
import { cardReads } from '../../db/repositories/card.ts';
import type { PressedStep } from '../domain/case.ts';
import { Refused } from '../refusals.ts';
import { acceptCase } from '../services/case/accept.ts';
import { completeCase } from '../services/case/complete.ts';
import { deliverCase } from '../services/case/deliver.ts';
import type { CaseDossier } from '../services/case/dossier.ts';
import { escalateCase } from '../services/case/escalate.ts';
import { followUpCase } from '../services/case/follow-up.ts';
import { forwardCase } from '../services/case/forward.ts';
import { entrustCase, handOverCase } from '../services/case/hand-over.ts';
import { noteCase } from '../services/case/note.ts';
import { rectifyCase } from '../services/case/rectify.ts';
import { resumeCase } from '../services/case/resume.ts';
import { returnCase } from '../services/case/return.ts';
import { suspendCase } from '../services/case/suspend.ts';
import { terminateCase } from '../services/case/terminate.ts';
import { undoStep } from '../services/case/undo.ts';
import { urgeCase } from '../services/case/urge.ts';
import { withdrawCase } from '../services/case/withdraw.ts';
import { type Action, type ActionCtx, type ActionOutcome, success } from './action.ts';
import { idOf, readForm } from './form.ts';

const accept: Action<'case.accept'> = async (ctx, ref) => {
  const typed = readForm(ctx.click.form, caseForms.accept);
  return done(await acceptCase(ctx, { ...ref, ...typed }), ({ number }) => `已接收 ${number}`);
};

const returnForCorrection: Action<'case.return'> = async (ctx, ref) => {
  const { note, ...typed } = readForm(ctx.click.form, caseForms.return);
  const after = await returnCase(ctx, { ...ref, ...typed, reason: note });
  return done(after, ({ number, keeper }) => `${number} 已退回${keeper}补正`);
};

const forward: Action<'case.forward'> = async (ctx, ref) => {
  const typed = readForm(ctx.click.form, caseForms.forward);
  return done(await forwardCase(ctx, { ...ref, ...typed }), ({ number, holder }) => `${number} 已重新转送${holder}`);
};

const escalate: Action<'case.escalate'> = async (ctx, ref) => {
  const typed = readForm(ctx.click.form, caseForms.escalate);
  return done(await escalateCase(ctx, { ...ref, ...typed }), ({ number, holder }) => `${number} 已转${holder}`);
};

const complete: Action<'case.complete'> = async (ctx, ref) => {
  const typed = readForm(ctx.click.form, caseForms.complete);
  const ending = typed.outcome === 'refused' ? '不予办理' : '已办结';
  return done(await completeCase(ctx, { ...ref, ...typed }), ({ number }) => `${number} ${ending}`);
};

const deliver: Action<'case.deliver'> = async (ctx, ref) => {
  const { deliveryWay } = readForm(ctx.click.form, caseForms.deliver);
  const after = await deliverCase(ctx, { ...ref, way: deliveryWay });
  return done(after, ({ number }) => `${number} 已送达，请做回访评价`);
};

const followUp: Action<'case.followUp'> = async (ctx, ref) => {
  const { rating, comment } = readForm(ctx.click.form, caseForms.followUp);
  if (rating === undefined) throw new Refused('rating_missing');
  const after = await followUpCase(ctx, { ...ref, rating, comment });
  const ending = after.record.state === 'archived' ? '，已归档' : '，请管理员填写整改情况';
  return done(after, ({ number }) => `${number} 评价：${ratingWords[rating]}${ending}`);
};

const rectify: Action<'case.rectify'> = async (ctx, ref) => {
  const typed = readForm(ctx.click.form, caseForms.rectify);
  return done(await rectifyCase(ctx, { ...ref, ...typed }), ({ number }) => `${number} 整改已记录，已归档`);
};

const withdraw: Action<'case.withdraw'> = async (ctx, ref) => {
  const { note } = readForm(ctx.click.form, caseForms.withdraw);
  return done(await withdrawCase(ctx, { ...ref, reason: note }), ({ number }) => `${number} 已撤回`);
};

const urge: Action<'case.urge'> = async (ctx, ref) =>
  done(await urgeCase(ctx, ref), ({ number, holder }) => `已催办 ${number}，正在通知${holder}；急的请再打电话`);

const note: Action<'case.note'> = async (ctx, { caseId }) => {
  const { say } = readForm(ctx.click.form, caseForms.note);
  return done(await noteCase(ctx, { caseId, text: say }), ({ number }) => `已记入 ${number} 的说明`);
};

/** 撤销, 收回 */
export const undo: Action<'case.undo'> = async (ctx, ref) => {
  const { after, undone } = await undoStep(ctx, ref);
  return done(after, ({ number }) => `已撤销 ${number} 的“${stepWords[undone]}”`);
};

const suspend: Action<'case.suspend'> = async (ctx, ref) => {
  const { suspendReason: reason, suspendNote: note } = readForm(ctx.click.form, caseForms.suspend);
  const after = await suspendCase(ctx, { ...ref, reason, note });
  return doneAside(ctx, after, ({ number }) => `${number} 已中止，不再计时；条件具备后请点“恢复”`);
};

const resume: Action<'case.resume'> = async (ctx, ref) =>
  done(await resumeCase(ctx, ref), ({ number }) => `${number} 已恢复办理，继续计时`);

const terminate: Action<'case.terminate'> = async (ctx, ref) => {
  const typed = readForm(ctx.click.form, caseForms.terminate);
  const { terminateReason: reason, terminateNote: note, terminateAdvice: advice } = typed;
  const after = await terminateCase(ctx, { ...ref, reason, note, advice });
  return doneAside(ctx, after, ({ number, registering }) => `${number} 已终止，已请${registering}告知群众`);
};

const handOver: Action<'case.handOver'> = async (ctx, ref) => {
  const { handler } = readForm(ctx.click.form, caseForms.handOver);
  const after = await handOverCase(ctx, { ...ref, to: { id: idOf(handler) } });
  return doneAside(ctx, after, ({ number, handler }) => `${number} 已转给${handler}办理`);
};

const entrust: Action<'case.entrust'> = async (ctx, ref) => {
  const { keeper } = readForm(ctx.click.form, caseForms.entrust);
  const after = await entrustCase(ctx, { ...ref, to: { id: idOf(keeper) } });
  return doneAside(ctx, after, ({ number, keeper }) => `${number} 已转给${keeper}跟进`);
};

/** 转给我办, 转给我跟进 */
export const takeOver: Action<'case.takeOver'> = async (ctx, { as, ...ref }) => {
  const to = 'me' as const;
  if (as === 'handler') {
    return doneAside(ctx, await handOverCase(ctx, { ...ref, to }), ({ number }) => `${number} 现在由您办理`);
  }
  return doneAside(ctx, await entrustCase(ctx, { ...ref, to }), ({ number }) => `${number} 现在由您跟进`);
};

export const caseStepActions: { readonly [Step in PressedStep as `case.${Step}`]: Action<`case.${Step}`> } = {
  'case.accept': accept,
  'case.return': returnForCorrection,
  'case.forward': forward,
  'case.escalate': escalate,
  'case.complete': complete,
  'case.deliver': deliver,
  'case.followUp': followUp,
  'case.rectify': rectify,
  'case.withdraw': withdraw,
  'case.urge': urge,
  'case.note': note,
  'case.suspend': suspend,
  'case.resume': resume,
  'case.terminate': terminate,
  'case.handOver': handOver,
  'case.entrust': entrust,
};

type Names = Readonly<Record<'number' | 'holder' | 'handler' | 'keeper' | 'registering', string>>;

/** As `done`, of a step that may have been taken in its private form, which then says so. */
async function doneAside(ctx: ActionCtx, after: CaseDossier, words: (names: Names) => string): Promise<ActionOutcome> {
  const outcome = done(after, words);
  if (await cardReads.byMessage(ctx.tx, ctx.click.messageId)) return outcome;
  const { caseNumber } = after.record;
  return { ...outcome, card: stepTakenCard({ caseNumber, words: outcome.toast.content }) };
}

function done(after: CaseDossier, words: (names: Names) => string): ActionOutcome {
  const { record, holderLine, registeringLine, keeper, handlerName } = after;
  const names = {
    number: record.caseNumber,
    holder: holderLine[0]?.center ?? '',
    handler: handlerName ?? '',
    keeper: keeper.name,
    registering: registeringLine[0]?.name ?? '',
  };
  return success(words(names), 'living');
}
