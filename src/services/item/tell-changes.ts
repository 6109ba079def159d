/** What the groups are told of a changed catalogue: everything of a few minutes, or of one import, in one message to each. */
import { type ItemChangesView, itemChangesCard } from '../../../cards/item-change.ts';
import { type ItemVersion, itemReads, itemWrites } from '../../../db/repositories/item.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, today } from '../../ctx.ts';
import { concernsUnit, dayWords, untilDays, versionDifferences } from '../../domain/item-version.ts';
import { quietUntil } from '../../domain/quiet.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { settingOf } from '../settings.ts';

const MINUTE_MS = 60_000;
/** Whoever has just changed an item may be at the next one. */
const STILL_AT_IT_MS = 3 * MINUTE_MS;
/** Longer nobody waits for the last of them. */
const WAIT_MAX_MS = 30 * MINUTE_MS;

/** One item's change, and the versions whose levels and departments say whom it concerns. */
interface Told {
  readonly line: ItemChangesView['items'][number];
  readonly versions: readonly ItemVersion[];
}

/**
 * Tells each group that they concern of the changes that nobody was told of: towns and villages of what is done there, departments of what
 * is or was theirs. In the quiet hours, and while somebody is still changing, nothing is told yet.
 */
export async function tellItemChanges(ctx: Ctx): Promise<void> {
  const untold = await itemReads.untold(ctx.tx);
  if (untold.length === 0 || isStillAtIt(untold, ctx.now)) return;
  if (quietUntil(ctx.now, await settingOf(ctx, 'quietHours'), ctx.zone) !== undefined) return;
  const changes = await changesOf(ctx, untold);
  const chats = new Map<string, UnitRow[]>();
  for (const unit of await unitReads.all(ctx.tx)) {
    if (unit.chatId !== null && unit.active) chats.set(unit.chatId, [...(chats.get(unit.chatId) ?? []), unit]);
  }
  for (const [target, units] of chats) {
    const items = changes.flatMap(({ line, versions }) =>
      units.some((unit) => concernsUnit(unit, versions)) ? [line] : [],
    );
    if (items.length === 0) continue;
    await enqueuePost(ctx, { target, content: { kind: 'fixed', card: itemChangesCard({ items }) } });
  }
  await itemWrites.markTold(ctx.tx, { ids: untold.map(({ id }) => id), at: ctx.now });
}

function isStillAtIt(untold: readonly ItemVersion[], now: number): boolean {
  const moments = untold.map(({ madeAt, withdrawnAt }) => withdrawnAt ?? madeAt);
  return now - Math.max(...moments) < STILL_AT_IT_MS && now - Math.min(...moments) < WAIT_MAX_MS;
}

/** Oldest first. What was changed back before anybody heard of it is no change. */
async function changesOf(ctx: Ctx, untold: readonly ItemVersion[]): Promise<Told[]> {
  const itemIds = [...new Set(untold.map(({ itemId }) => itemId))];
  const names = new Map((await itemReads.names(ctx.tx)).map(({ id, subItem }) => [id, subItem]));
  const versions = await itemReads.versionsOf(ctx.tx, itemIds);
  return itemIds.flatMap((itemId) => {
    const all = versions.filter((version) => version.itemId === itemId);
    return changesOfItem(all, today(ctx)).map(({ line, ...told }) => ({
      ...told,
      line: { ...line, name: names.get(itemId) ?? '' },
    }));
  });
}

/** @param all versions of one item, oldest first */
function changesOfItem(
  all: readonly ItemVersion[],
  day: string,
): { line: Omit<Told['line'], 'name'>; versions: ItemVersion[] }[] {
  const ends = untilDays(all);
  // Of several of one day the last counts; an earlier one that was told of had counted until then.
  const never = ({ id, effectiveDay, toldAt }: ItemVersion) => toldAt === null && ends.get(id) === effectiveDay;
  return all.flatMap((version) => {
    if (version.toldAt !== null) return [];
    const from = dayWords(version.effectiveDay, day);
    if (version.withdrawnAt !== null) {
      return [{ line: { from: '', differences: [`原定自${from}起的修改已撤回`] }, versions: [version] }];
    }
    if (never(version)) return [];
    const before = all.findLast((one) => one.id < version.id && one.withdrawnAt === null && !never(one));
    const differences = before ? versionDifferences(before, version) : ['新列入清单'];
    if (differences.length === 0) return [];
    return [{ line: { from: `自${from}起`, differences }, versions: before ? [before, version] : [version] }];
  });
}
