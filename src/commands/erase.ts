import { eraseCard } from '../../cards/erase.ts';
import { caseReads } from '../../db/repositories/case.ts';
import { parseCaseNumber } from '../domain/case-number.ts';
import { Refused } from '../refusals.ts';
import { viewErasure } from '../services/case/erase.ts';
import { type Command, fixed } from './command.ts';

/** A case number as people type it, without blanks in it, and the words behind it. */
const NUMBER_FIRST = /^((?:代办件)?(?:编号[:：]?|[#＃])?\s*[\d\p{Pd}−ー_]+)[\s:：,，、]*(.*)$/su;

export const erase: Command = {
  name: '删除申请人',
  aliases: ['erase'],
  audience: 'admin',
  usage: '/删除申请人 编号 原因',
  summary: '群众要求删除本人信息：核对后永久删除',
  example: '/删除申请人 26-01-00012 本人书面申请',
  async run(ctx, args) {
    if (ctx.chat.type === 'group') throw new Refused('erase_private');
    const [, typed = '', reason = ''] = NUMBER_FIRST.exec(args) ?? [];
    const caseNumber = parseCaseNumber(typed);
    if (caseNumber === undefined) throw new Refused('erase_needs_number');
    const record = await caseReads.byNumber(ctx.tx, caseNumber);
    if (!record) throw new Refused('case_unknown');
    return fixed(eraseCard(await viewErasure(ctx, { caseId: record.id, reason })));
  },
};
