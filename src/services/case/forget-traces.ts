/** What lies about of somebody besides the case: forms not sent, answers kept for repeats, messages kept for a while. */
import { setImmediate } from 'node:timers/promises';
import { draftReads, draftWrites } from '../../../db/repositories/draft.ts';
import { inboxReads, inboxWrites } from '../../../db/repositories/inbox.ts';
import { outboxReads, outboxWrites } from '../../../db/repositories/outbox.ts';
import type { Ctx } from '../../ctx.ts';
import { mentions } from '../../domain/hiding.ts';
import { openDraft } from '../draft/content.ts';
import { openKept } from '../inbox/kept.ts';
import { openContent } from '../message/content.ts';
import type { Applicant } from './secret.ts';

const PAGE = 200;

/**
 * Deletes what names this person in whatever spelling, as long as the person's data are still known. What names a namesake may go with
 * it: no case needs any of it. Lets others work in between.
 */
export async function forgetTraces({ tx, vault }: Ctx, applicant: Applicant): Promise<void> {
  const names = (open: () => unknown) => mentions(readable(open), applicant);
  await pageByPage(0, async (afterId) => {
    const page = await draftReads.page(tx, { afterId, limit: PAGE });
    await draftWrites.remove(tx, idsOf(page.filter((row) => names(() => openDraft(vault, row)))));
    return { page, last: page.at(-1)?.id };
  });
  await pageByPage('', async (afterKey) => {
    const page = await inboxReads.answered(tx, { afterKey, limit: PAGE });
    const keys = page.filter((row) => names(() => openKept(vault, row))).map(({ key }) => key);
    if (keys.length > 0) await inboxWrites.forgetAnswers(tx, keys);
    return { page, last: page.at(-1)?.key };
  });
  await pageByPage(0, async (afterId) => {
    const page = await outboxReads.atRest(tx, { afterId, limit: PAGE });
    await outboxWrites.remove(tx, idsOf(page.filter((row) => names(() => openContent(vault, row)))));
    return { page, last: page.at(-1)?.id };
  });
}

/** @param work on the page after that place; returns it, and the place of its last row. */
async function pageByPage<Place>(
  first: Place,
  work: (after: Place) => Promise<{ page: readonly unknown[]; last: Place | undefined }>,
): Promise<void> {
  for (let after = first; ; ) {
    const { page, last } = await work(after);
    if (last === undefined || page.length < PAGE) return;
    after = last;
    await setImmediate();
  }
}

/** As one text; empty for what does not open: nobody can read the person's data in it either. */
function readable(open: () => unknown): string {
  try {
    return JSON.stringify(open() ?? '');
  } catch {
    return '';
  }
}

function idsOf(rows: readonly { readonly id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
