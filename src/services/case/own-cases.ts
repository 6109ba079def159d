import { caseReads } from '../../../db/repositories/case.ts';
import { caseListReads } from '../../../db/repositories/case-list.ts';
import type { Ctx } from '../../ctx.ts';

const EACH_MAX = 200;
const LATELY_MS = 90 * 24 * 60 * 60 * 1000;

/** Ids of what a unit holds or has registered that still runs, and of what it registered lately; `all`: there are no more of them. */
export async function ownCases(ctx: Ctx, unitId: number): Promise<{ ids: number[]; all: boolean }> {
  const stretch = { from: ctx.now - LATELY_MS, to: ctx.now };
  const lists = [
    await caseReads.waitingFor(ctx.tx, { unitId, limit: EACH_MAX }),
    (await caseListReads.open(ctx.tx, { unitId, limit: EACH_MAX })).map(({ id }) => id),
    (await caseListReads.byMoment(ctx.tx, { ...stretch, unitId, moment: 'registeredAt', limit: EACH_MAX })).map(
      ({ id }) => id,
    ),
  ];
  return { ids: [...new Set(lists.flat())], all: lists.every((list) => list.length < EACH_MAX) };
}
