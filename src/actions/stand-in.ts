/** The buttons of 代班; they stand in private chats alone. */
import { standInForm } from '../../cards/forms.ts';
import { standInCard } from '../../cards/stand-in.ts';
import { requireStaff, today } from '../ctx.ts';
import { parseDayAhead } from '../domain/stand-in-days.ts';
import { Refused } from '../refusals.ts';
import { endStandIn } from '../services/stand-in/end.ts';
import { nameStandIn } from '../services/stand-in/name.ts';
import { viewStandIns } from '../services/stand-in/view.ts';
import { type Action, success } from './action.ts';
import { idOf, readForm } from './form.ts';

/** 定下来. What was typed stays in the form where something is wrong with it; a last day left empty is the first one. */
export const nameStandInAction: Action<'standIn.name'> = async (ctx) => {
  const typed = readForm(ctx.click.form, standInForm);
  const standInId = idOf(typed.standIn);
  if (standInId === undefined) throw new Refused('stand_in_missing');
  const fromDay = parseDayAhead(typed.fromDay, today(ctx));
  const toDay = typed.toDay === '' ? fromDay : parseDayAhead(typed.toDay, today(ctx), fromDay);
  if (fromDay === undefined || toDay === undefined) throw new Refused('stand_in_days_unread');
  const absentId = typed.absent === '' ? requireStaff(ctx).agent.id : idOf(typed.absent);
  if (absentId === undefined) throw new Refused('choice_unknown');
  await nameStandIn(ctx, { absentId, standInId, fromDay, toDay });
  return success('定下来了，已告诉两位，并记入台账', standInCard(await viewStandIns(ctx)));
};

/** 提前结束 */
export const endStandInAction: Action<'standIn.end'> = async (ctx, { standInRow }) => {
  await endStandIn(ctx, { standInRow });
  return success('代班提前结束了，已记入台账', standInCard(await viewStandIns(ctx)));
};
