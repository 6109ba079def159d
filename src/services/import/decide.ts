/** 确认导入, 取消, 停用名单里没有的: what is done with a list that has been read. */
import { type ImportRecord, importWrites } from '../../../db/repositories/import.ts';
import type { Ctx } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { refreshCards } from '../card/place.ts';
import { applyAgents } from './apply-agents.ts';
import { applyCatalogue, applyNames } from './apply-catalogue.ts';
import { applyChecks, applyTasks } from './apply-plan.ts';
import { applyUnits } from './apply-units.ts';
import { type ImportContent, type KeptList, openImport, sealImport } from './content.ts';
import { type ImportPlan, planImport, planSign } from './plan.ts';
import { requireImporter } from './require-importer.ts';
import { countsOf } from './view.ts';

/**
 * 确认导入: all at once, and its card shows what came of it, however long that took. Returns false when nothing was done, because
 * somebody has changed the rows since the card was drawn: it then shows what the list would do now.
 * @param input.seen the sign of the plan that was looked at.
 */
export async function confirmImport(ctx: Ctx, input: { importId: number; seen: string }): Promise<boolean> {
  const { record, list } = await takeList(ctx, input.importId);
  if (record.state === 'done') throw new Refused('import_done');
  const planned = await planImport(ctx, list.file);
  if (planSign(planned) !== input.seen || planned.plan.changes.length === 0) {
    await keepList(ctx, { record, list: { ...list, shown: { as: 'stale' } } });
    return false;
  }
  await apply(ctx, planned);
  const counts = countsOf(planned);
  await keepList(ctx, { record: { ...record, state: 'done' }, list: { ...list, shown: { as: 'done', counts } } });
  return true;
}

/** What is kept of the list from now on, and its card with it. */
export async function keepList(
  ctx: Ctx,
  { record, list }: { record: ImportRecord; list: ImportContent },
): Promise<void> {
  const { id, state } = record;
  await importWrites.update(ctx.tx, { id, state, contentSealed: sealImport(ctx.vault, record, list) });
  await refreshCards(ctx, { subject: 'import', subjectId: id });
}

function apply(ctx: Ctx, planned: ImportPlan): Promise<void> {
  switch (planned.kind) {
    case 'units':
      return applyUnits(ctx, planned.plan.changes);
    case 'agents':
      return applyAgents(ctx, planned.plan.changes);
    case 'catalogue':
      return applyCatalogue(ctx, planned.plan.changes);
    case 'names':
      return applyNames(ctx, planned.plan.changes);
    case 'tasks':
      return applyTasks(ctx, planned.plan.changes);
    case 'checks':
      return applyChecks(ctx, planned.plan.changes);
  }
}

/** 取消: nothing of the list is kept. */
export async function cancelImport(ctx: Ctx, importId: number): Promise<void> {
  const { record, list } = await takeList(ctx, importId);
  if (record.state === 'done') throw new Refused('import_done');
  const { fileName } = list;
  await keepList(ctx, { record: { ...record, state: 'cancelled' }, list: { stage: 'emptied', fileName } });
}

/** The list, which nobody else decides until the transaction ends. Only whoever sent it may decide. */
export async function takeList(ctx: Ctx, importId: number): Promise<{ record: ImportRecord; list: KeptList }> {
  const { agent } = requireImporter(ctx);
  const record = await importWrites.take(ctx.tx, importId);
  if (record && record.agentId !== agent.id) throw new Refused('import_not_yours');
  const list = record && openImport(ctx.vault, record);
  if (!record || list?.stage !== 'read') throw new Refused('import_gone');
  return { record, list };
}
