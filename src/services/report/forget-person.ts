import { type ReportTextRow, reportReads, reportWrites } from '../../../db/repositories/report.ts';
import type { Ctx } from '../../ctx.ts';
import { hideOwn, type KnownPerson, mentions } from '../../domain/hiding.ts';
import { openText, sealText } from './texts.ts';

/**
 * Whoever is erased is masked in what was typed into the town's reports, too: a name is hidden there only as long as its hash is known.
 * What was submitted was masked when it was.
 */
export async function forgetInReports(
  ctx: Ctx,
  { townId, people }: { townId: number; people: readonly KnownPerson[] },
): Promise<void> {
  for (const row of await reportReads.textsOfTown(ctx.tx, townId)) {
    const { id: _, ...text } = row;
    const words = readable(ctx, row);
    if (words === undefined || !people.some((person) => mentions(words, person))) continue;
    const wordsSealed = sealText(ctx.vault, { ...text, words: people.reduce(hideOwn, words) });
    await reportWrites.saveText(ctx.tx, { ...text, wordsSealed });
  }
}

/** undefined for what does not open: nobody can read the person's name in it either, and the erasure must not wait for it. */
function readable({ vault }: Ctx, row: ReportTextRow): string | undefined {
  try {
    return openText(vault, row);
  } catch {
    return undefined;
  }
}
