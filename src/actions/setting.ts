/** The buttons of 设置. They stand in private chats; a press from elsewhere is answered privately, too. */
import { checklistCard } from '../../cards/checklist.ts';
import { settingForms } from '../../cards/forms.ts';
import { settingCard, settingsCard } from '../../cards/settings.ts';
import { changeSetting } from '../services/setting/change.ts';
import { viewChecklist } from '../services/setting/checklist.ts';
import { changeOwnDays } from '../services/setting/own-days.ts';
import { viewSetting, viewSettings } from '../services/setting/view.ts';
import { settings } from '../services/settings.ts';
import type { Action, ActionCtx, ActionOutcome } from './action.ts';
import { readForm } from './form.ts';
import { showPrivately } from './in-place.ts';

/** 不改，回到设置 */
export const listSettings: Action<'setting.list'> = async (ctx) =>
  showPrivately(ctx, { said: '设置', card: settingsCard(await viewSettings(ctx)) });

/** 改 */
export const askSetting: Action<'setting.ask'> = async (ctx, { name }) =>
  showPrivately(ctx, { said: '请填新的值', card: settingCard(await viewSetting(ctx, name)) });

/** 保存; of own days first 先看一遍, then 确认，保存 */
export const changeSettingAction: Action<'setting.change'> = async (ctx, { name, seen, shown }) => {
  if (name === 'ownDays') return changeDays(ctx, { seen, shown });
  const filled = readForm(ctx.click.form, settingForms[settings[name].input]);
  const change = await changeSetting(ctx, { name, seen, filled });
  if (change.kind === 'newer') {
    const content = `没有保存：刚有人改过，现在是${change.words}。请看清后再改。`;
    const shown = await showPrivately(ctx, { said: content, card: settingCard(await viewSetting(ctx, name)) });
    return { ...shown, toast: { type: 'warning', content } };
  }
  const said = `${change.label}已改为${change.words}`;
  return showPrivately(ctx, { said, card: settingsCard(await viewSettings(ctx)) });
};

async function changeDays(
  ctx: ActionCtx,
  { seen, shown }: { seen: string; shown: string | undefined },
): Promise<ActionOutcome> {
  const { ownDays: typed } = readForm(ctx.click.form, settingForms.ownDays);
  const change = await changeOwnDays(ctx, { seen, shown, typed });
  if (change.kind === 'changed') {
    return showPrivately(ctx, { said: `${change.label}已保存`, card: settingsCard(await viewSettings(ctx)) });
  }
  const { view, newer } = change;
  const wrong = view.preview?.shown === null;
  const said = newer ? '没有保存：刚有人改过' : wrong ? '有没看懂的，还没有保存' : '请核对，还没有保存';
  const outcome = await showPrivately(ctx, { said, card: settingCard(view) });
  return newer || wrong ? { ...outcome, toast: { type: 'warning', content: said } } : outcome;
}

/** 还差什么, 再看一遍 */
export const showChecklist: Action<'setting.checklist'> = async (ctx) =>
  showPrivately(ctx, { said: '请看还差什么', card: checklistCard(await viewChecklist(ctx)) });
