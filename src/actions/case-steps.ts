/** The buttons of a case's life. Each reads its fields and calls its service; the answer is a toast and the fresh card. */
import { ratingWords } from '../../cards/words.ts';
import { deliveryWays, outcomes, type Rating, ratings } from '../domain/case.ts';
import { Refused } from '../refusals.ts';
import { acceptCase } from '../services/case/accept.ts';
import { completeCase } from '../services/case/complete.ts';
import { deliverCase } from '../services/case/deliver.ts';
import type { CaseDossier } from '../services/case/dossier.ts';
import { escalateCase } from '../services/case/escalate.ts';
import { followUpCase } from '../services/case/follow-up.ts';
import { forwardCase } from '../services/case/forward.ts';
import { rectifyCase } from '../services/case/rectify.ts';
import { returnCase } from '../services/case/return.ts';
import { urgeCase } from '../services/case/urge.ts';
import { withdrawCase } from '../services/case/withdraw.ts';
import { type Action, type ActionOutcome, success } from './action.ts';
import { choiceField, choiceOr, optionalField, textField } from './form.ts';

export const accept: Action<'case.accept'> = async (ctx, ref) => {
  const externalNumber = optionalField(ctx.click.form, 'externalNumber');
  return done(await acceptCase(ctx, { externalNumber, ...ref }), ({ number }) => `已接收 ${number}`);
};

export const returnForCorrection: Action<'case.return'> = async (ctx, ref) => {
  const { form } = ctx.click;
  const input = { reason: textField(form, 'note'), materials: textField(form, 'materials'), ...ref };
  return done(await returnCase(ctx, input), ({ number, registrar }) => `${number} 已退回${registrar}补正`);
};

export const forward: Action<'case.forward'> = async (ctx, ref) => {
  const input = { note: textField(ctx.click.form, 'note'), ...ref };
  return done(await forwardCase(ctx, input), ({ number, holder }) => `${number} 已重新转送${holder}`);
};

export const escalate: Action<'case.escalate'> = async (ctx, ref) => {
  const { form } = ctx.click;
  const input = { note: textField(form, 'note'), externalNumber: optionalField(form, 'externalNumber'), ...ref };
  return done(await escalateCase(ctx, input), ({ number, holder }) => `${number} 已转${holder}`);
};

export const complete: Action<'case.complete'> = async (ctx, ref) => {
  const { form } = ctx.click;
  const outcome = choiceOr(form, { name: 'outcome', options: outcomes, initial: 'granted' });
  const externalNumber = optionalField(form, 'externalNumber');
  const input = { outcome, note: textField(form, 'note'), externalNumber, ...ref };
  return done(await completeCase(ctx, input), ({ number }) => `${number} 已办结`);
};

export const deliver: Action<'case.deliver'> = async (ctx, ref) => {
  const way = choiceOr(ctx.click.form, { name: 'deliveryWay', options: deliveryWays, initial: 'doorstep' });
  return done(await deliverCase(ctx, { way, ...ref }), ({ number }) => `${number} 已送达，请做回访评价`);
};

export const followUp: Action<'case.followUp'> = async (ctx, ref) => {
  const { form } = ctx.click;
  const chosen = choiceField(form, { name: 'rating', options: ratings.map(String) });
  const rating = ratings.find((value): value is Rating => String(value) === chosen);
  if (rating === undefined) throw new Refused('rating_missing');
  const after = await followUpCase(ctx, { rating, comment: textField(form, 'comment'), ...ref });
  const ending = after.record.state === 'archived' ? '，已归档' : '，请管理员填写整改情况';
  return done(after, ({ number }) => `${number} 评价：${ratingWords[rating]}${ending}`);
};

export const rectify: Action<'case.rectify'> = async (ctx, ref) => {
  const input = { note: textField(ctx.click.form, 'note'), ...ref };
  return done(await rectifyCase(ctx, input), ({ number }) => `${number} 整改已记录，已归档`);
};

export const withdraw: Action<'case.withdraw'> = async (ctx, ref) => {
  const input = { reason: textField(ctx.click.form, 'note'), ...ref };
  return done(await withdrawCase(ctx, input), ({ number }) => `${number} 已撤回`);
};

export const urge: Action<'case.urge'> = async (ctx, ref) =>
  done(await urgeCase(ctx, ref), ({ number, holder }) => `已催办 ${number}，${holder}会看到`);

function done(
  after: CaseDossier,
  words: (names: { number: string; holder: string; registrar: string }) => string,
): ActionOutcome {
  const { record, holderLine, registrar } = after;
  const names = { number: record.caseNumber, holder: holderLine[0]?.center ?? '', registrar: registrar.name };
  return success(words(names), 'living');
}
