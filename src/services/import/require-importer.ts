import type { Ctx, Staff } from '../../ctx.ts';
import { requireRight } from '../require-right.ts';

/** Lists are for administrators only, whatever button somebody presses. */
export function requireImporter(ctx: Ctx): Staff {
  return requireRight(ctx, { right: 'importLists', otherwise: 'import_admin_only' });
}
