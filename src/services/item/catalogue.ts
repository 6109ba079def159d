import { type ItemRow, itemReads } from '../../../db/repositories/item.ts';
import { type Reading, today } from '../../ctx.ts';
import type { Catalogue } from '../../domain/catalogue.ts';
import { isOtherItem } from '../../domain/other-errand.ts';

interface Prepared {
  readonly fingerprint: string;
  readonly catalogue: Catalogue<ItemRow>;
}

/** The catalogues prepared last: their pinyin is worked out again only when they have changed. */
const prepared = new Map<'active' | 'whole', Prepared>();

/** The active items, ready to be searched. */
export async function searchableCatalogue(ctx: Reading): Promise<Catalogue<ItemRow>> {
  return prepare('active', await itemReads.active(ctx.tx, today(ctx)));
}

/** With those out of use, for whoever may put them into use again. */
export async function wholeCatalogue(ctx: Reading): Promise<Catalogue<ItemRow>> {
  return prepare(
    'whole',
    (await itemReads.all(ctx.tx, today(ctx))).filter((item) => !isOtherItem(item)),
  );
}

async function prepare(which: 'active' | 'whole', items: readonly ItemRow[]): Promise<Catalogue<ItemRow>> {
  const fingerprint = JSON.stringify(items);
  const known = prepared.get(which);
  if (known?.fingerprint === fingerprint) return known.catalogue;
  // Loaded at the first search: the dictionary of pinyin would make every start slower.
  const { prepareCatalogue } = await import('../../domain/prepare-catalogue.ts');
  const catalogue = prepareCatalogue(items);
  prepared.set(which, { fingerprint, catalogue });
  return catalogue;
}
