import { meCard } from '../../cards/agent.ts';
import { requireStaff } from '../ctx.ts';
import { readDuties } from '../services/agent/duties.ts';
import { viewMe } from '../services/agent/view-me.ts';
import type { Action } from './action.ts';
import { showInPlace } from './in-place.ts';

/** 已阅知 */
export const readDutiesAction: Action<'duties.read'> = async (ctx, seen) => {
  await readDuties(ctx, seen);
  const staff = requireStaff(ctx);
  const { unit } = staff;
  return showInPlace(ctx, {
    card: meCard(await viewMe(ctx, staff)),
    title: '已阅知，已记入台账',
    unitId: unit.id,
    about: [unit],
  });
};
