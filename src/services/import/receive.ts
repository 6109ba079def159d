import { importWrites } from '../../../db/repositories/import.ts';
import type { Ctx } from '../../ctx.ts';
import { sealImport } from './content.ts';
import { requireImporter } from './require-importer.ts';

/** A name is shown again, and nothing longer is one. */
const FILE_NAME_MAX = 100;

/** An administrator has sent a list: it is fetched and read after the commit, see `src/importer.ts`. */
export async function receiveList(
  ctx: Ctx,
  sent: { messageId: string; fileKey: string; fileName: string },
): Promise<void> {
  const { agent } = requireImporter(ctx);
  const { messageId, fileKey } = sent;
  const place = { agentId: agent.id, messageId, createdAt: ctx.now };
  const fileName = Array.from(sent.fileName).slice(0, FILE_NAME_MAX).join('');
  const contentSealed = sealImport(ctx.vault, place, { stage: 'arrived', fileName, fileKey });
  await importWrites.insert(ctx.tx, { ...place, state: 'arrived', contentSealed });
}
