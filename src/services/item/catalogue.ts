import { type ItemRow, itemReads } from '../../../db/repositories/item.ts';
import { type Reading, today } from '../../ctx.ts';
import type { Catalogue } from '../../domain/catalogue.ts';

/** The last prepared catalogue: its pinyin is worked out again only when the catalogue has changed. */
let prepared: { readonly fingerprint: string; readonly catalogue: Catalogue<ItemRow> } | undefined;

/** The active items, ready to be searched. */
export async function searchableCatalogue(ctx: Reading): Promise<Catalogue<ItemRow>> {
  const items = await itemReads.active(ctx.tx, today(ctx));
  const fingerprint = JSON.stringify(items);
  if (prepared?.fingerprint !== fingerprint) {
    // Loaded at the first search: the dictionary of pinyin would make every start slower.
    const { prepareCatalogue } = await import('../../domain/prepare-catalogue.ts');
    prepared = { fingerprint, catalogue: prepareCatalogue(items) };
  }
  return prepared.catalogue;
}
