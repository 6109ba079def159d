import { importStartCard } from '../../cards/import.ts';
import { answerPrivately, type Command, fixed } from './command.ts';

export const importLists: Command = {
  name: '导入',
  aliases: ['import'],
  audience: 'admin',
  usage: '/导入',
  summary: '用 Excel 导入单位、代办人员、事项清单、常用叫法',
  example: null,
  run: (ctx) => answerPrivately(ctx, { content: fixed(importStartCard()), why: '名单请私信发给我，不要发在群里。' }),
};
