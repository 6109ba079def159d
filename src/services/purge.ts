import { cronWrites } from '../../db/repositories/cron.ts';
import { draftWrites } from '../../db/repositories/draft.ts';
import { importWrites } from '../../db/repositories/import.ts';
import { inboxWrites } from '../../db/repositories/inbox.ts';
import { outboxWrites } from '../../db/repositories/outbox.ts';
import type { Ctx } from '../ctx.ts';

const DAY_MS = 24 * 3_600_000;
/** The platform redelivers for 7.1 hours at most (its event overview); a week leaves room for inquiries. */
const INBOX_KEPT_MS = 7 * DAY_MS;
/** A registration card that nobody has submitted for a week will not be. It holds personal data. */
const DRAFTS_KEPT_MS = 7 * DAY_MS;
/** A list of staff holds their telephone numbers; what it brought stands elsewhere. */
const IMPORTS_KEPT_MS = 7 * DAY_MS;
/** The longest month: the calls of the present one are counted by what was delivered in it. */
const DELIVERED_KEPT_MS = 31 * DAY_MS;
/** Longer than the watch looks back for a slot that was missed, the months of jobs that run once in one included. */
const RUNS_KEPT_MS = 100 * DAY_MS;

/** Forgets what has served its purpose: old deliveries, unsubmitted drafts, received lists, delivered messages, runs of jobs. The ledger is never touched. */
export async function purge(ctx: Ctx): Promise<void> {
  await inboxWrites.purge(ctx.tx, ctx.now - INBOX_KEPT_MS);
  await draftWrites.purge(ctx.tx, ctx.now - DRAFTS_KEPT_MS);
  await importWrites.purge(ctx.tx, ctx.now - IMPORTS_KEPT_MS);
  await outboxWrites.purge(ctx.tx, ctx.now - DELIVERED_KEPT_MS);
  await cronWrites.purge(ctx.tx, ctx.now - RUNS_KEPT_MS);
}
