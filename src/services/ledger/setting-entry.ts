import { unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import type { SettingName } from '../../domain/setting.ts';
import { appendLedger } from './append.ts';

/** Writes down a setting's new value, in the chain of the highest unit, so that all of them have one order. */
export async function recordSetting(ctx: Ctx, change: { name: SettingName; value: unknown }): Promise<void> {
  const { unit } = requireStaff(ctx);
  const line = await unitReads.lineage(ctx.tx, unit.id);
  const payload = { setting: change.name, value: change.value };
  await appendLedger(ctx, { townId: line.at(-1)?.id ?? unit.id, caseId: null, kind: 'changeSetting', payload });
}
