import { createHash } from 'node:crypto';
import type { SettingsView, SettingView } from '../../../cards/settings.ts';
import { settingReads } from '../../../db/repositories/setting.ts';
import { type Ctx, today } from '../../ctx.ts';
import { ownDaysLines, pastAndPresent } from '../../domain/own-days.ts';
import { type SettingName, settingFields, settingNames } from '../../domain/setting.ts';
import { requireRight } from '../require-right.ts';
import { type SettingValue, settingState, settings } from '../settings.ts';

/** Refuses who may not see and change settings, whatever button they press. */
export function requireSetter(ctx: Ctx): void {
  requireRight(ctx, { right: 'changeSettings', otherwise: 'settings_admin_only' });
}

/** Every setting with the value that counts now. */
export async function viewSettings(ctx: Ctx): Promise<SettingsView> {
  requireSetter(ctx);
  const stored = await settingReads.some(ctx.tx, settingNames);
  return {
    settings: settingNames.map((name) => ({
      name,
      label: settings[name].label,
      words: settingState(name, stored.get(name)).words,
    })),
  };
}

/** What the form of one setting shows. */
export async function viewSetting(ctx: Ctx, name: SettingName): Promise<SettingView> {
  requireSetter(ctx);
  const { value, words } = settingState(name, await settingReads.get(ctx.tx, name));
  const { label, input, rule } = settings[name];
  const fields = name === 'ownDays' ? ownDaysFields(value, today(ctx)) : settingFields(input, value);
  return { name, label, words, input, rule, fields, seen: settingMark(value) };
}

/** Guarantee of the cast: the value is the setting's own, which its schema has read. */
function ownDaysFields(value: unknown, day: string): Readonly<Record<string, string>> {
  const { present } = pastAndPresent(value as SettingValue<'ownDays'>, day);
  return { ownDays: ownDaysLines(present).join('\n') };
}

/** Stands for a value on the form that shows it, so that nobody changes what somebody else has just set without having seen it. */
export function settingMark(value: unknown): string {
  return `s${createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8)}`;
}
