/** What people see of bulletins: who makes them every version with its buttons, everybody else what is published. */
import { bulletinCard, bulletinTitle, townScoreCard } from '../../../cards/bulletin.ts';
import type { Card } from '../../../cards/card.ts';
import { type BulletinRow, bulletinReads } from '../../../db/repositories/bulletin.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { quarterPeriod } from '../../domain/quarter.ts';
import { Refused } from '../../refusals.ts';
import { placeCard } from '../card/place.ts';
import { enqueueLetter, enqueuePost, enqueueSheet } from '../message/enqueue.ts';
import { draftFirst, requireOver } from './draft.ts';
import { bannerOf, isEditor, isReader } from './editor.ts';
import { viewBulletin } from './view.ts';

/**
 * The card of a quarter's bulletin. Who makes bulletins gets the newest version anew in their private chat, the first draft made where there
 * is none: nothing is returned then. Anybody else: the newest that was published, or `bulletin_none`.
 */
export async function showQuarter(ctx: Ctx, quarter: string): Promise<Card | undefined> {
  const staff = requireStaff(ctx);
  requireOver(ctx, quarter);
  const banner = await bannerOf(ctx, staff.unit.id);
  const versions = await bulletinReads.ofQuarter(ctx.tx, { bannerId: banner.id, quarter });
  if (isEditor(staff, banner.id)) {
    const newest = versions[0] ?? (await draftFirst(ctx, { banner, quarter }));
    await bringToEditor(ctx, newest);
    return undefined;
  }
  const published = versions.find(({ state }) => state === 'published');
  if (!published) throw new Refused('bulletin_none', { quarter: quarterPeriod(quarter).label });
  return bulletinCard(await viewBulletin(ctx, { bulletin: published, controls: false }));
}

/** Its card with the buttons, anew at the bottom of the private chat of who asked. */
export async function bringToEditor(ctx: Ctx, bulletin: BulletinRow): Promise<void> {
  const { agent } = requireStaff(ctx);
  const subject = { subject: 'bulletin' as const, subjectId: bulletin.id };
  await placeCard(ctx, { subject, at: { target: agent.openId, agentId: agent.id }, reach: 'new' });
}

/** 得分明细 of one town, to who asked, privately. */
export async function sendParts(ctx: Ctx, wanted: { bulletinId: number; unitId: number }): Promise<void> {
  const bulletin = await requireReadable(ctx, wanted.bulletinId);
  const { agent } = requireStaff(ctx);
  const view = await viewBulletin(ctx, { bulletin, controls: false });
  const { scores, scoring } = view;
  const town = [...scores.ranked, ...scores.unranked].find(({ unitId }) => unitId === wanted.unitId);
  if (!town) throw new Refused('button_unknown');
  const card = townScoreCard({ title: bulletinTitle(view), town, scoring });
  await enqueuePost(ctx, { target: agent.openId, content: { kind: 'fixed', card } });
}

/** Its Word or Excel file, to who asked, privately. */
export async function sendFile(ctx: Ctx, wanted: { bulletinId: number; as: 'word' | 'excel' }): Promise<void> {
  const bulletin = await requireReadable(ctx, wanted.bulletinId);
  const { agent } = requireStaff(ctx);
  const order = { name: 'bulletin' as const, bulletinId: bulletin.id, agentId: agent.id, askedAt: ctx.now };
  if (wanted.as === 'word') await enqueueLetter(ctx, { target: agent.openId, order });
  else await enqueueSheet(ctx, { target: agent.openId, order });
}

/** Refuses a draft to everybody who does not make it, and what another banner published. */
async function requireReadable(ctx: Ctx, bulletinId: number): Promise<BulletinRow> {
  const staff = requireStaff(ctx);
  const bulletin = await bulletinReads.byId(ctx.tx, bulletinId);
  if (!bulletin) throw new Refused('button_unknown');
  if (isEditor(staff, bulletin.bannerId)) return bulletin;
  if (!(await isReader(ctx, staff, bulletin.bannerId))) throw new Refused('bulletin_not_for_you');
  if (bulletin.state === 'draft') {
    throw new Refused('bulletin_none', { quarter: quarterPeriod(bulletin.quarter).label });
  }
  return bulletin;
}
