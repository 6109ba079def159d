import { type PaperRow, paperWrites } from '../../../db/repositories/paper.ts';
import type { Ctx } from '../../ctx.ts';

/** The next that is to be fetched, or whose file is to be deleted; nobody else gets it before the lease is over. */
export function claimPaper(ctx: Ctx, { leaseMs }: { leaseMs: number }): Promise<PaperRow | undefined> {
  return paperWrites.claim(ctx.tx, { now: ctx.now, leaseMs });
}
