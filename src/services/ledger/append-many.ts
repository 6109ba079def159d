import type { Ctx } from '../../ctx.ts';
import { appendLedger, type LedgerNote } from './append.ts';

/** A statement is kept for each number of entries that are written at once. */
const AT_ONCE = 50;

/** As `appendLedger`, for hundreds of entries of one chain. */
export async function appendMany(ctx: Ctx, notes: readonly LedgerNote[]): Promise<void> {
  for (let from = 0; from < notes.length; from += AT_ONCE) {
    const [first, ...rest] = notes.slice(from, from + AT_ONCE);
    if (first) await appendLedger(ctx, first, ...rest);
  }
}
