import { type ItemRow, itemReads, itemWrites } from '../../../db/repositories/item.ts';
import type { Ctx } from '../../ctx.ts';
import type { ItemValues } from '../../domain/import/catalogue.ts';
import type { NameValues } from '../../domain/import/names.ts';
import type { Change } from '../../domain/import/plan.ts';
import { recordItems } from '../ledger/list-entries.ts';

/** Adds and changes items of the catalogue. A case keeps the working days that were promised when it was registered. */
export async function applyCatalogue(ctx: Ctx, changes: readonly Change<ItemValues>[]): Promise<void> {
  const known = new Map((await itemReads.all(ctx.tx)).map((item) => [item.id, item]));
  const written: ItemRow[] = [];
  for (const { id, values } of changes) {
    const set = { ...values, levels: [...values.levels], materials: [...values.materials], active: true };
    const item = id === null ? undefined : known.get(id);
    if (item) {
      await itemWrites.update(ctx.tx, { id: item.id, set });
      written.push({ ...item, ...set });
    } else written.push(await itemWrites.insert(ctx.tx, set));
  }
  await recordItems(ctx, written);
}

/** Gives items the names by which people call them. */
export async function applyNames(ctx: Ctx, changes: readonly Change<NameValues>[]): Promise<void> {
  const known = new Map((await itemReads.all(ctx.tx)).map((item) => [item.id, item]));
  const written: ItemRow[] = [];
  for (const { id, values } of changes) {
    const item = known.get(id ?? 0);
    if (!item) continue;
    const set = { commonNames: [...values.commonNames] };
    await itemWrites.update(ctx.tx, { id: item.id, set });
    written.push({ ...item, ...set });
  }
  await recordItems(ctx, written);
}
