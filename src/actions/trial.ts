import { trialArrivedCard } from '../../cards/trial.ts';
import { noteTrialPress } from '../services/trial/press.ts';
import { type Action, success } from './action.ts';

/** A button of a card that tries the platform. */
export const pressTrialAction: Action<'trial.press'> = async (ctx, { token, after }) => {
  await noteTrialPress(ctx, { token, form: ctx.click.form });
  return success('收到', after === 'change' ? trialArrivedCard() : undefined);
};
