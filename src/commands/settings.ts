import { settingsCard } from '../../cards/settings.ts';
import { viewSettings } from '../services/setting/view.ts';
import { answerPrivately, type Command, fixed } from './command.ts';

export const settings: Command = {
  name: '设置',
  aliases: ['settings', '还差什么', '还缺什么'],
  audience: 'admin',
  usage: '/设置',
  summary: '提醒时间、期限这些设置，和还差什么',
  example: '/设置',
  async run(ctx) {
    const card = settingsCard(await viewSettings(ctx));
    return answerPrivately(ctx, { content: fixed(card), why: '设置只在私信里看和改。' });
  },
};
