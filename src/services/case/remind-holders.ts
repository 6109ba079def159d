import { caseListCard } from '../../../cards/case-list.ts';
import type { CaseRow } from '../../../db/repositories/case.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { targetsOfUnit } from '../card/targets.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { openDossier } from './dossier.ts';
import { caseListRow } from './list-row.ts';

const ROWS_MAX = 10;

/** Posts to each holder one list of the cases that press, soonest first. `records` come ordered by deadline. */
export async function remindHolders(ctx: Ctx, records: readonly CaseRow[]): Promise<void> {
  const byHolder = new Map<number, CaseRow[]>();
  for (const record of records) {
    byHolder.set(record.holderUnitId, [...(byHolder.get(record.holderUnitId) ?? []), record]);
  }
  for (const [unitId, pressing] of byHolder) {
    const unit = await unitReads.byId(ctx.tx, unitId);
    const rows = [];
    for (const record of pressing.slice(0, ROWS_MAX)) rows.push(await caseListRow(ctx, await openDossier(ctx, record)));
    const card = caseListCard({
      title: `${unit?.name ?? ''}：今天要接收、到期和超期的件`,
      empty: '',
      total: pressing.length,
      rows,
      hint: '发 /待办 看全部。',
      now: ctx.now,
      zone: ctx.zone,
    });
    for (const { target } of await targetsOfUnit(ctx, unitId)) {
      await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
    }
  }
}
