import type { ItemRow } from '../../../db/repositories/item.ts';
import type { Reading } from '../../ctx.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { settingOf } from '../settings.ts';

/** The item with the days that a case of it is promised from now on: no annex gives any for 其他事项, so an administrator sets them. */
export async function asPromised(ctx: Pick<Reading, 'tx'>, item: ItemRow): Promise<ItemRow> {
  return isOtherItem(item) ? { ...item, workingDays: await settingOf(ctx, 'defaultPromisedDays') } : item;
}
