import { bulletinCard } from '../../../cards/bulletin.ts';
import { type BulletinRow, bulletinReads, bulletinWrites } from '../../../db/repositories/bulletin.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { refreshCards } from '../card/place.ts';
import { targetsOfUnit } from '../card/targets.ts';
import { appendLedger } from '../ledger/append.ts';
import { requireRecordedStaff } from '../ledger/as-recorded.ts';
import { bulletinFacts } from '../ledger/bulletin-entry.ts';
import { enqueueLetter, enqueuePost } from '../message/enqueue.ts';
import { subtreeOf } from '../unit/tree.ts';
import { takeDraft } from './change.ts';
import { editsFor } from './editor.ts';
import { viewBulletin } from './view.ts';

/**
 * 发布: freezes the draft as it was seen, and posts it with its Word file to the group of each town and of the banner, or to their people
 * one by one where there is none. The version before it, if any, is `corrected` from then on.
 * @returns how many units it went to, and the names of those that nobody would read it in.
 */
export async function publishBulletin(
  ctx: Ctx,
  seen: { bulletinId: number; revision: number },
): Promise<{ readonly reached: number; readonly unreached: readonly string[] }> {
  const draft = await takeDraft(ctx, seen);
  const staff = requireStaff(ctx);
  const { agent } = staff;
  await requireRecordedStaff(ctx, staff);
  const set = { state: 'published' as const, publishedAt: ctx.now, publishedBy: agent.id };
  const published = await bulletinWrites.update(ctx.tx, { id: draft.id, set });
  const [, before] = await bulletinReads.ofQuarter(ctx.tx, draft);
  if (before) await bulletinWrites.update(ctx.tx, { id: before.id, set: { state: 'corrected' } });
  const entry = { townId: draft.bannerId, caseId: null, kind: 'publishBulletin' as const };
  const payload = { ...bulletinFacts(published), standsInFor: editsFor(staff, draft.bannerId) };
  await appendLedger(ctx, { ...entry, payload });
  for (const { id } of before ? [published, before] : [published]) {
    await refreshCards(ctx, { subject: 'bulletin', subjectId: id });
  }
  return post(ctx, published);
}

async function post(ctx: Ctx, published: BulletinRow) {
  const view = await viewBulletin(ctx, { bulletin: published, controls: false });
  const card = bulletinCard(view);
  const askedAt = ctx.now;
  const order = { name: 'bulletin' as const, bulletinId: published.id, agentId: published.publishedBy ?? 0, askedAt };
  const targets = new Set<string>();
  const unreached: string[] = [];
  const readers = await readingUnits(ctx, published.bannerId);
  for (const unit of readers) {
    const own = await targetsOfUnit(ctx, unit);
    if (own.length === 0) unreached.push(unit.name);
    for (const { target } of own) targets.add(target);
  }
  for (const target of targets) {
    await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
    await enqueueLetter(ctx, { target, order });
  }
  return { reached: readers.length - unreached.length, unreached };
}

/** The banner, then its towns. */
async function readingUnits(ctx: Ctx, bannerId: number): Promise<UnitRow[]> {
  const units = await unitReads.all(ctx.tx);
  const banner = units.find(({ id }) => id === bannerId);
  if (!banner) return [];
  return [banner, ...subtreeOf(banner, units).filter(({ level, active }) => level === 'town' && active)];
}
