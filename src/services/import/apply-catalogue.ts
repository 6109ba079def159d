import { type ItemNames, itemReads, itemWrites } from '../../../db/repositories/item.ts';
import { type Ctx, today } from '../../ctx.ts';
import type { ItemValues } from '../../domain/import/catalogue.ts';
import type { NameValues } from '../../domain/import/names.ts';
import type { Change } from '../../domain/import/plan.ts';
import { type Promised, versionDifferences } from '../../domain/item-version.ts';
import { makeVersions } from '../item/make-versions.ts';
import { recordItems } from '../ledger/list-entries.ts';

/** Adds and renames items of the catalogue; what they promise changes from today on. A case keeps the version it was registered under. */
export async function applyCatalogue(ctx: Ctx, changes: readonly Change<ItemValues>[]): Promise<void> {
  const effectiveDay = today(ctx);
  const known = new Map((await itemReads.all(ctx.tx, effectiveDay)).map((item) => [item.id, item]));
  const named: ItemNames[] = [];
  const versions: Parameters<typeof makeVersions>[1][number][] = [];
  for (const { id, values } of changes) {
    const { code, number, mainItem, subItem, itemType, ...told } = values;
    const names = { code, number, mainItem, subItem, itemType };
    const item = id === null ? undefined : known.get(id);
    const promised: Promised = { ...told, guide: item?.guide ?? '', active: true };
    if (!item) {
      const added = await itemWrites.insert(ctx.tx, names);
      named.push(added);
      versions.push({ itemId: added.id, effectiveDay, promised });
      continue;
    }
    if (isRenamed(item, names)) {
      await itemWrites.update(ctx.tx, { id: item.id, set: names });
      named.push({ ...names, id: item.id, commonNames: item.commonNames });
    }
    if (versionDifferences(item, promised).length > 0) versions.push({ itemId: item.id, effectiveDay, promised });
  }
  await recordItems(ctx, named);
  await makeVersions(ctx, versions);
}

function isRenamed(item: ItemNames, names: Omit<ItemNames, 'id' | 'commonNames'>): boolean {
  return (Object.keys(names) as (keyof typeof names)[]).some((name) => item[name] !== names[name]);
}

/** Gives items the names by which people call them. */
export async function applyNames(ctx: Ctx, changes: readonly Change<NameValues>[]): Promise<void> {
  await giveNames(
    ctx,
    changes.map(({ id, values }) => ({ id: id ?? 0, commonNames: [...values.commonNames] })),
  );
}

/** null: nobody's list names it any more. */
export async function giveNames(
  ctx: Ctx,
  given: readonly { id: number; commonNames: string[] | null }[],
): Promise<void> {
  const known = new Map((await itemReads.names(ctx.tx)).map((item) => [item.id, item]));
  const written: ItemNames[] = [];
  for (const { id, commonNames } of given) {
    const item = known.get(id);
    if (!item) continue;
    await itemWrites.update(ctx.tx, { id, set: { commonNames } });
    written.push({ ...item, commonNames });
  }
  await recordItems(ctx, written);
}
