/** The buttons of 设置. They stand in private chats; a press from elsewhere is answered privately, too. */
import { checklistCard } from '../../cards/checklist.ts';
import { settingForms } from '../../cards/forms.ts';
import { settingCard, settingsCard } from '../../cards/settings.ts';
import { changeSetting } from '../services/setting/change.ts';
import { viewChecklist } from '../services/setting/checklist.ts';
import { viewSetting, viewSettings } from '../services/setting/view.ts';
import { settings } from '../services/settings.ts';
import type { Action } from './action.ts';
import { readForm } from './form.ts';
import { showPrivately } from './in-place.ts';

/** 不改，回到设置 */
export const listSettings: Action<'setting.list'> = async (ctx) =>
  showPrivately(ctx, { said: '设置', card: settingsCard(await viewSettings(ctx)) });

/** 改 */
export const askSetting: Action<'setting.ask'> = async (ctx, { name }) =>
  showPrivately(ctx, { said: '请填新的值', card: settingCard(await viewSetting(ctx, name)) });

/** 保存 */
export const changeSettingAction: Action<'setting.change'> = async (ctx, { name, seen }) => {
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

/** 还差什么, 再看一遍 */
export const showChecklist: Action<'setting.checklist'> = async (ctx) =>
  showPrivately(ctx, { said: '请看还差什么', card: checklistCard(await viewChecklist(ctx)) });
