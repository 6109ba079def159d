/** The buttons of a case's life. Each reads its form and calls its service; the answer is a toast and the fresh card. */
import { caseForms } from '../../cards/forms.ts';
import { ratingWords } from '../../cards/words.ts';
import type { PressedStep } from '../domain/case.ts';
import { Refused } from '../refusals.ts';
import { acceptCase } from '../services/case/accept.ts';
import { completeCase } from '../services/case/complete.ts';
import { deliverCase } from '../services/case/deliver.ts';
import type { CaseDossier } from '../services/case/dossier.ts';
import { escalateCase } from '../services/case/escalate.ts';
import { followUpCase } from '../services/case/follow-up.ts';
import { forwardCase } from '../services/case/forward.ts';
import { noteCase } from '../services/case/note.ts';
import { rectifyCase } from '../services/case/rectify.ts';
import { returnCase } from '../services/case/return.ts';
import { urgeCase } from '../services/case/urge.ts';
import { withdrawCase } from '../services/case/withdraw.ts';
import { type Action, type ActionOutcome, success } from './action.ts';
import { readForm } from './form.ts';

const accept: Action<'case.accept'> = async (ctx, ref) => {
  const typed = readForm(ctx.click.form, caseForms.accept);
  return done(await acceptCase(ctx, { ...ref, ...typed }), ({ number }) => `已接收 ${number}`);
};

const returnForCorrection: Action<'case.return'> = async (ctx, ref) => {
  const { note, materials } = readForm(ctx.click.form, caseForms.return);
  const after = await returnCase(ctx, { ...ref, reason: note, materials });
  return done(after, ({ number, registrar }) => `${number} 已退回${registrar}补正`);
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
};

function done(
  after: CaseDossier,
  words: (names: { number: string; holder: string; registrar: string }) => string,
): ActionOutcome {
  const { record, holderLine, registrar } = after;
  const names = { number: record.caseNumber, holder: holderLine[0]?.center ?? '', registrar: registrar.name };
  return success(words(names), 'living');
}
