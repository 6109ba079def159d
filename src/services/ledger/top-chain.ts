import { unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';

/** The chain of the highest unit: what stands there has one order wherever things are moved. */
export async function topChain({ tx }: Pick<Reading, 'tx'>): Promise<number> {
  const [banner] = await unitReads.ofLevels(tx, ['banner']);
  if (!banner) throw new Error('there is no banner whose chain it belongs to');
  return (await unitReads.lineage(tx, banner.id)).at(-1)?.id ?? banner.id;
}
