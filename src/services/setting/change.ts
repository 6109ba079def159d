import { agentWrites } from '../../../db/repositories/agent.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import { type Ctx, requireStaff } from '../../ctx.ts';
import { changeLevelNames, type LevelNames } from '../../domain/level-names.ts';
import { type SettingFilled, type SettingName, settingFrom } from '../../domain/setting.ts';
import { Refused } from '../../refusals.ts';
import { requireRecordedAgent } from '../ledger/as-recorded.ts';
import { recordSetting } from '../ledger/setting-entry.ts';
import { notifyAdmins } from '../message/notify.ts';
import { checkSetting, type SettingState, settingState, settings, unfitWords } from '../settings.ts';
import { requireSetter, settingMark } from './view.ts';

/** `newer`: nothing was done, because somebody has set another value since the form was drawn. */
export type SettingChange =
  | { readonly kind: 'changed'; readonly label: string; readonly words: string }
  | { readonly kind: 'newer'; readonly words: string };

/**
 * Sets a new value, by an administrator who has seen the present one: `seen` is its mark. Writes it into the ledger and tells the other
 * administrators. Refuses what does not fit the setting, and the value that counts already.
 */
export async function changeSetting(
  ctx: Ctx,
  input: { name: SettingName; seen: string; filled: SettingFilled },
): Promise<SettingChange> {
  const { name, seen, filled } = input;
  const present = await holdSetting(ctx, name);
  const { label, input: kind } = settings[name];
  if (settingMark(present.value) !== seen) return { kind: 'newer', words: present.words };
  const filledIn = settingFrom(kind, filled);
  const wanted = checkSetting(name, filledIn);
  if (!wanted) throw new Refused('setting_unfit', { setting: label, rule: unfitWords(name, filledIn) });
  return keepSetting(ctx, { name, present, wanted });
}

/** The value that counts, which nobody else changes until the transaction ends. Refuses who may not change it. */
export async function holdSetting(ctx: Ctx, name: SettingName): Promise<SettingState> {
  requireSetter(ctx);
  const { agent } = requireStaff(ctx);
  // A setting that was never set has no row to hold: two administrators wait for each other at their own rows.
  await agentWrites.takeAdmins(ctx.tx);
  await requireRecordedAgent(ctx, agent);
  return settingState(name, await settingReads.get(ctx.tx, name));
}

/** Writes a value that has been checked, into the ledger, too, and tells the other administrators. Refuses the one that counts already. */
export async function keepSetting(
  ctx: Ctx,
  change: { name: SettingName; present: SettingState; wanted: SettingState },
): Promise<SettingChange & { kind: 'changed' }> {
  const { name, present, wanted } = change;
  const { label } = settings[name];
  if (settingMark(wanted.value) === settingMark(present.value))
    throw new Refused('setting_unchanged', { setting: label, value: wanted.words });
  await settingWrites.set(ctx.tx, { key: name, value: wanted.value });
  await recordSetting(ctx, { name, value: wanted.value });
  // The answer speaks in them already. They fit: `wanted` has been checked.
  if (name === 'levelNames') changeLevelNames(wanted.value as LevelNames);
  const { agent } = requireStaff(ctx);
  await notifyAdmins(ctx, {
    title: '有一项设置改了',
    lines: [`${label}：从“${present.words}”改为“${wanted.words}”，操作人：${agent.name}。`, '要看全部，发 /设置。'],
    except: agent.id,
  });
  return { kind: 'changed', label, words: wanted.words };
}
