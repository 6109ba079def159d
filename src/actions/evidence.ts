/** Photos of a task, or of a check of a center or station: sending them, and looking at them. */
import { askEvidence } from '../services/evidence/ask.ts';
import { openPlace, requireSubject } from '../services/evidence/place.ts';
import { startRound } from '../services/paper/round.ts';
import { type Action, success } from './action.ts';

/** 传照片或PDF, of a task. */
export const startTaskPhotos: Action<'task.photo'> = async (ctx, { taskId, unitId }) => {
  const subject = await requireSubject(ctx, { kind: 'task', taskId, unitId });
  await startRound(ctx, { caseId: null, placeId: (await openPlace(ctx, subject)).id });
  return success('请到私聊里，把照片或PDF直接发给我');
};

/** 传照片或PDF, of a check. */
export const startCheckPhotos: Action<'readiness.photo'> = async (ctx, { unitId, listId, index }) => {
  const subject = await requireSubject(ctx, { kind: 'check', unitId, listId, index });
  await startRound(ctx, { caseId: null, placeId: (await openPlace(ctx, subject)).id });
  return success('请到私聊里，把照片或PDF直接发给我');
};

/** 看照片 */
export const showTaskPhotos: Action<'task.photos'> = async (ctx, { taskId, unitId }) =>
  success(`${await askEvidence(ctx, { kind: 'task', taskId, unitId })}份正在私信发给您`);

export const showCheckPhotos: Action<'readiness.photos'> = async (ctx, { unitId, listId, index }) =>
  success(`${await askEvidence(ctx, { kind: 'check', unitId, listId, index })}份正在私信发给您`);
