import { caseListCard } from '../../../cards/case-list.ts';
import { day } from '../../../cards/kit.ts';
import type { CaseRow } from '../../../db/repositories/case.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { targetsOfUnit } from '../card/targets.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { caseListRows } from './list-row.ts';

const ROWS_MAX = 10;

/** Posts to each holder one list of the cases that press. @param held soonest first. */
export async function remindHolders(ctx: Ctx, held: readonly Pick<CaseRow, 'id' | 'holderUnitId'>[]): Promise<void> {
  const byHolder = new Map<number, number[]>();
  for (const { id, holderUnitId } of held) {
    const known = byHolder.get(holderUnitId);
    if (known) known.push(id);
    else byHolder.set(holderUnitId, [id]);
  }
  for (const [unitId, pressing] of byHolder) {
    const unit = await unitReads.byId(ctx.tx, unitId);
    if (!unit) throw new Error(`unit ${unitId} holds cases and does not exist`);
    const card = caseListCard({
      title: `${unit.name}：${day(ctx.now, ctx.zone)}要接收、到期和超期的件`,
      empty: '',
      total: pressing.length,
      rows: await caseListRows(ctx, { ids: pressing.slice(0, ROWS_MAX), justAsked: false }),
      hint: '发 /待办 看全部。',
      now: ctx.now,
      zone: ctx.zone,
    });
    for (const { target } of await targetsOfUnit(ctx, unit)) {
      await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
    }
  }
}
