import { eraseCard } from '../../cards/erase.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { Refused } from '../refusals.ts';
import { viewErasure } from '../services/case/erase.ts';
import { type Command, fixed } from './command.ts';
import { caseNumberFirst } from './words.ts';

export const erase: Command = {
  name: '删除申请人',
  aliases: ['erase'],
  audience: 'admin',
  usage: '/删除申请人 编号 原因',
  summary: '群众要求删除本人信息：核对后永久删除',
  example: '/删除申请人 26-01-00012 本人书面申请',
  async run(ctx, args) {
    if (ctx.chat.type === 'group') throw new Refused('erase_private');
    const named = caseNumberFirst(args);
    if (!named) throw new Refused('erase_needs_number');
    const { caseNumber, rest: reason } = named;
    const record = await caseReads.byNumber(ctx.tx, caseNumber);
    if (!record) throw new Refused('case_unknown');
    return fixed(eraseCard(await viewErasure(ctx, { caseId: record.id, reason })));
  },
};
