import { importReads } from '../../../db/repositories/import.ts';
import type { Ctx, Reading } from '../../ctx.ts';
import type { ImportFile } from '../../domain/import/file.ts';
import type { Fault } from '../../domain/import/plan.ts';
import { Refused } from '../../refusals.ts';
import { enqueueSheet } from '../message/enqueue.ts';
import { openImport } from './content.ts';
import { takeList } from './decide.ts';
import { planImport } from './plan.ts';
import { requireImporter } from './require-importer.ts';

/** 下载有问题的行: they follow as an Excel file, each with its reason. */
export async function orderFaults(ctx: Ctx, importId: number): Promise<void> {
  const { agent } = requireImporter(ctx);
  const { list } = await takeList(ctx, importId);
  const { plan } = await planImport(ctx, list.file);
  if (plan.faults.length === 0) throw new Refused('import_nothing');
  const order = { name: 'importFaults' as const, importId, agentId: agent.id, askedAt: ctx.now };
  await enqueueSheet(ctx, { target: agent.openId, order });
}

export interface FaultyList {
  readonly fileName: string;
  readonly file: ImportFile;
  /** As the rows of the database are now. */
  readonly faults: readonly Fault[];
}

/** undefined when the list has been cancelled or forgotten, or is somebody else's. */
export async function faultyList(
  ctx: Reading,
  wanted: { importId: number; agentId: number },
): Promise<FaultyList | undefined> {
  const record = await importReads.byId(ctx.tx, wanted.importId);
  if (!record || record.agentId !== wanted.agentId) return undefined;
  const content = openImport(ctx.vault, record);
  if (content.stage !== 'read') return undefined;
  const { plan } = await planImport(ctx, content.file);
  return { fileName: content.fileName, file: content.file, faults: plan.faults };
}
