import { agentReads } from '../../../db/repositories/agent.ts';
import { type BulletinRow, bulletinReads, bulletinWrites } from '../../../db/repositories/bulletin.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, today } from '../../ctx.ts';
import { local } from '../../domain/level-names.ts';
import { quarterPeriod } from '../../domain/quarter.ts';
import { Refused } from '../../refusals.ts';
import { tellUpkeep } from '../alert/upkeep.ts';
import { placeCards, takeFollowing } from '../card/place.ts';
import { targetsOfPeople } from '../card/targets.ts';
import { measureQuarter } from './measure.ts';

/** The first version of each banner's bulletin on the quarter, to its managers; nothing where there is one already. */
export async function draftBulletins(ctx: Ctx, quarter: string): Promise<void> {
  for (const banner of await unitReads.ofLevels(ctx.tx, ['banner'])) {
    const known = await bulletinReads.ofQuarter(ctx.tx, { bannerId: banner.id, quarter });
    if (known.length > 0) continue;
    const draft = await draftFirst(ctx, { banner, quarter });
    await bringToManagers(ctx, { banner, draft });
  }
}

/** Version 1, or the row that somebody else has made meanwhile. Refuses a quarter that is not over. */
export async function draftFirst(ctx: Ctx, of: { banner: UnitRow; quarter: string }): Promise<BulletinRow> {
  const { banner, quarter } = of;
  requireOver(ctx, quarter);
  const place = { bannerId: banner.id, quarter };
  const figures = await measureQuarter(ctx, of);
  const made = await bulletinWrites.insert(ctx.tx, {
    ...place,
    version: 1,
    state: 'draft',
    figures,
    draftedAt: ctx.now,
  });
  if (made) return made;
  const [newest] = await bulletinReads.ofQuarter(ctx.tx, place);
  if (!newest) throw new Error(`the bulletin on ${quarter} is neither new nor there`);
  return newest;
}

/** Refuses `bulletin_too_early`. */
export function requireOver(ctx: Ctx, quarter: string): void {
  const { to, label } = quarterPeriod(quarter);
  if (today(ctx) > to) return;
  const [, month = '', day = ''] = to.split('-');
  throw new Refused('bulletin_too_early', { quarter: label, end: `${Number(month)}月${Number(day)}日` });
}

async function bringToManagers(ctx: Ctx, { banner, draft }: { banner: UnitRow; draft: BulletinRow }): Promise<void> {
  const managers = await agentReads.activeWithRole(ctx.tx, { unitIds: [banner.id], roles: ['manager'] });
  if (managers.length === 0) {
    const { label } = quarterPeriod(draft.quarter);
    const lines = [
      `${banner.name}没有管理员，没有人来核对和发布。`,
      local`请设一位旗县的管理员，或自己发 /通报 来办。`,
    ];
    await tellUpkeep(ctx, { items: [{ key: `bulletin:${draft.id}`, title: `${label}通报的草稿没有人收`, lines }] });
    return;
  }
  const subject = { subject: 'bulletin' as const, subjectId: draft.id };
  const places = targetsOfPeople(managers).map((at) => ({ at, reach: 'new' as const }));
  await placeCards(ctx, { subject, places, following: await takeFollowing(ctx, subject) });
}
