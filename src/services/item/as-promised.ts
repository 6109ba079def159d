import type { ItemRow } from '../../../db/repositories/item.ts';
import type { Reading } from '../../ctx.ts';
import { settingOf } from '../settings.ts';

export interface PromisedItem extends ItemRow {
  readonly workingDays: number;
}

/** The item with the days that a case of it is promised from now on: the annexes give none, so an administrator sets some for all without. */
export async function asPromised(ctx: Pick<Reading, 'tx'>, item: ItemRow): Promise<PromisedItem> {
  return { ...item, workingDays: item.workingDays ?? (await settingOf(ctx, 'defaultPromisedDays')) };
}
