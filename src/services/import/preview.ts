import { importProblemCard } from '../../../cards/import.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { type ImportRecord, importWrites } from '../../../db/repositories/import.ts';
import type { Ctx } from '../../ctx.ts';
import type { FileProblem, ImportFile } from '../../domain/import/file.ts';
import type { WorkbookProblem } from '../../domain/import/table.ts';
import { placeCard } from '../card/place.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { openImport, sealImport } from './content.ts';

/** What came of reading a file. */
export type ReadList = ImportFile | FileProblem | { readonly problem: WorkbookProblem };

/**
 * The file has been read: its rows are kept, and whoever sent it sees what it would do, or why it is no list. Nothing happens when
 * another process has said so already, or when that person is no administrator any more.
 */
export async function previewList(ctx: Ctx, { importId, read }: { importId: number; read: ReadList }): Promise<void> {
  const record = await importWrites.take(ctx.tx, importId);
  if (record?.state !== 'arrived') return;
  const owner = await agentReads.byId(ctx.tx, record.agentId);
  const { fileName } = openImport(ctx.vault, record);
  if (owner?.status !== 'active' || owner.role !== 'admin') return endImport(ctx, { record, fileName });
  if ('problem' in read) {
    await endImport(ctx, { record, fileName });
    const card = importProblemCard({ ...read, fileName });
    return enqueuePost(ctx, { target: owner.openId, content: { kind: 'fixed', card } });
  }
  const contentSealed = sealImport(ctx.vault, record, { stage: 'read', fileName, file: read });
  await importWrites.update(ctx.tx, { id: record.id, state: 'read', contentSealed });
  const at = { target: owner.openId, agentId: owner.id };
  await placeCard(ctx, { subject: { subject: 'import', subjectId: importId }, at, reach: 'new' });
}

async function endImport(ctx: Ctx, { record, fileName }: { record: ImportRecord; fileName: string }): Promise<void> {
  const contentSealed = sealImport(ctx.vault, record, { stage: 'emptied', fileName });
  await importWrites.update(ctx.tx, { id: record.id, state: 'unreadable', contentSealed });
}
