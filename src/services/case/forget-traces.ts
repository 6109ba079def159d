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
  for (let afterId = 0; ; ) {
    const page = await draftReads.page(tx, { afterId, limit: PAGE });
    const named = page.filter((row) =>
      mentions(
        readable(() => openDraft(vault, row)),
        applicant,
      ),
    );
    await draftWrites.remove(tx, idsOf(named));
    afterId = page.at(-1)?.id ?? afterId;
    if (await wasLast(page)) break;
  }
  for (let afterKey = ''; ; ) {
    const page = await inboxReads.answered(tx, { afterKey, limit: PAGE });
    const named = page.filter((row) =>
      mentions(
        readable(() => openKept(vault, row)),
        applicant,
      ),
    );
    const keys = named.map(({ key }) => key);
    if (keys.length > 0) await inboxWrites.forgetAnswers(tx, keys);
    afterKey = page.at(-1)?.key ?? afterKey;
    if (await wasLast(page)) break;
  }
  for (let afterId = 0; ; ) {
    const page = await outboxReads.atRest(tx, { afterId, limit: PAGE });
    await outboxWrites.remove(
      tx,
      idsOf(
        page.filter((row) =>
          mentions(
            readable(() => openContent(vault, row)),
            applicant,
          ),
        ),
      ),
    );
    afterId = page.at(-1)?.id ?? afterId;
    if (await wasLast(page)) break;
  }
}

/** As one text; empty for what does not open: nobody can read the person's data in it either. */
function readable(open: () => unknown): string {
  try {
    return JSON.stringify(open());
  } catch {
    return '';
  }
}

function idsOf(rows: readonly { readonly id: number }[]): number[] {
  return rows.map(({ id }) => id);
}

async function wasLast(page: readonly unknown[]): Promise<boolean> {
  if (page.length < PAGE) return true;
  await setImmediate();
  return false;
}
