import { type DraftRow, draftWrites } from '../../../db/repositories/draft.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { type DraftContent, sealDraft } from './content.ts';

/** Opens a registration card for the acting member of staff, with what is known already. */
export async function startDraft(ctx: Ctx, input: { shared: boolean; content: DraftContent }): Promise<DraftRow> {
  const { agent } = requireStaff(ctx);
  return draftWrites.insert(ctx.tx, {
    agentId: agent.id,
    shared: input.shared,
    contentSealed: sealDraft(ctx.vault, input.content),
    createdAt: ctx.now,
  });
}
