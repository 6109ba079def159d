/** 确认导入, 取消, 停用名单里没有的: what is done with a list that has been read. */
import { type ImportRecord, importWrites } from '../../../db/repositories/import.ts';
import type { Ctx } from '../../ctx.ts';
import type { ImportFile } from '../../domain/import/file.ts';
import { Refused } from '../../refusals.ts';
import { applyAgents } from './apply-agents.ts';
import { applyCatalogue, applyNames } from './apply-catalogue.ts';
import { applyChecks, applyTasks } from './apply-plan.ts';
import { applyUnits } from './apply-units.ts';
import { openImport, sealImport } from './content.ts';
import { type ImportPlan, planImport, planSign } from './plan.ts';
import { requireImporter } from './require-importer.ts';

export interface DecidedList {
  readonly importId: number;
  readonly fileName: string;
  readonly notes: readonly string[];
  /** As the rows are now. */
  readonly planned: ImportPlan;
}

export type Confirmed =
  /** `after`: what the list would still do. */
  | (DecidedList & { readonly done: true; readonly after: ImportPlan })
  /** Nothing was done, because somebody has changed the rows since the card was drawn; `planned` is what it would do now. */
  | (DecidedList & { readonly done: false });

/** 确认导入: all at once. @param input.seen the sign of the plan that was looked at. */
export async function confirmImport(ctx: Ctx, input: { importId: number; seen: string }): Promise<Confirmed> {
  const taken = await takeList(ctx, input.importId);
  if (taken.record.state === 'done') throw new Refused('import_done');
  const planned = await planImport(ctx, taken.file);
  const decided = { importId: input.importId, fileName: taken.fileName, notes: taken.file.notes, planned };
  if (planSign(planned) !== input.seen || planned.plan.changes.length === 0) return { ...decided, done: false };
  await apply(ctx, planned);
  await importWrites.update(ctx.tx, { id: input.importId, state: 'done' });
  return { ...decided, done: true, after: await planImport(ctx, taken.file) };
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
export async function cancelImport(ctx: Ctx, importId: number): Promise<string> {
  const { record, fileName } = await takeList(ctx, importId);
  if (record.state === 'done') throw new Refused('import_done');
  const contentSealed = sealImport(ctx.vault, record, { stage: 'emptied', fileName });
  await importWrites.update(ctx.tx, { id: importId, state: 'cancelled', contentSealed });
  return fileName;
}

/** The list, which nobody else decides until the transaction ends. Only whoever sent it may decide. */
export async function takeList(
  ctx: Ctx,
  importId: number,
): Promise<{ record: ImportRecord; file: ImportFile; fileName: string }> {
  const { agent } = requireImporter(ctx);
  const record = await importWrites.take(ctx.tx, importId);
  if (record && record.agentId !== agent.id) throw new Refused('import_not_yours');
  const content = record && openImport(ctx.vault, record);
  if (!record || content?.stage !== 'read') throw new Refused('import_gone');
  return { record, file: content.file, fileName: content.fileName };
}
