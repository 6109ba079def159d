import { type DraftRow, draftWrites } from '../../../db/repositories/draft.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { type DraftContent, sealDraft } from './content.ts';

/** Opens a registration card for the acting member of staff, with what is known already. */
export async function startDraft(ctx: Ctx, input: { shared: boolean; content: DraftContent }): Promise<DraftRow> {
  const { agent } = requireStaff(ctx);
  const place = { agentId: agent.id, createdAt: ctx.now, shared: input.shared };
  const contentSealed = sealDraft(ctx.vault, { ...place, content: input.content });
  return draftWrites.insert(ctx.tx, { ...place, contentSealed });
}
