/** Whether the administrators have agreed that residents' data go so many years after the archiving. The signed ledger says so, and no row. */

import * as z from 'zod';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { settingReads, settingWrites } from '../../../db/repositories/setting.ts';
import { type Ctx, type Reading, today } from '../../ctx.ts';
import { startOfDay, yearsBefore } from '../../domain/calendar.ts';
import { Refused } from '../../refusals.ts';
import { appendLedger } from '../ledger/append.ts';
import { areSigned, requireRecordedAgent } from '../ledger/as-recorded.ts';
import { topChain } from '../ledger/top-chain.ts';
import { requireRight } from '../require-right.ts';
import { settingOf } from '../settings.ts';

const SETTING = 'retention.question';

/** The question that was asked last; `answer`: by whom and how it was answered. */
const questionSchema = z.object({
  years: z.number().int(),
  at: z.number(),
  answer: z.object({ agreed: z.boolean(), who: z.string() }).optional(),
});
type Question = z.infer<typeof questionSchema>;

/** Whose cases were archived before it (ms) are due. */
export function dueBefore(ctx: Pick<Reading, 'now' | 'zone'>, years: number): number {
  return startOfDay(yearsBefore(today(ctx), years), ctx.zone);
}

/** The last word of the ledger on so many years; false where it was never asked, or where the entry is not as it was signed. */
export async function isAgreed(ctx: Reading, years: number): Promise<boolean> {
  const townId = await topChain(ctx);
  const ending = `"years":${years}}`;
  const entry = await ledgerReads.lastEnding(ctx.tx, { townId, kinds: ['agreeRetention'], ending });
  if (!entry || !(await areSigned(ctx, [entry]))) return false;
  return (JSON.parse(entry.payload) as { agreed?: unknown }).agreed === true;
}

/** undefined before the first. */
export async function lastQuestion({ tx }: Pick<Reading, 'tx'>): Promise<Question | undefined> {
  return questionSchema.safeParse(await settingReads.get(tx, SETTING)).data;
}

export async function noteQuestion(ctx: Ctx, years: number): Promise<void> {
  await settingWrites.set(ctx.tx, { key: SETTING, value: { years, at: ctx.now } satisfies Question });
}

/**
 * 确认, 暂不: an administrator's answer, which counts for all of them. Refuses `retention_admin_only`, `retention_outdated` where the setting
 * has another value by now, and `retention_decided` where somebody was faster.
 */
export async function decideRetention(ctx: Ctx, input: { years: number; agreed: boolean }): Promise<void> {
  const { agent } = requireRight(ctx, { right: 'decideRetention', otherwise: 'retention_admin_only' });
  await requireRecordedAgent(ctx, agent);
  const question = questionSchema.safeParse(await settingWrites.take(ctx.tx, SETTING)).data;
  const { years, agreed } = input;
  if ((await settingOf(ctx, 'retentionYears')) !== years || question?.years !== years) {
    throw new Refused('retention_outdated');
  }
  if (question.answer) {
    const { who, agreed: before } = question.answer;
    throw new Refused('retention_decided', { who, answer: before ? '确认' : '暂不' });
  }
  const answer = { agreed, who: agent.name };
  await settingWrites.set(ctx.tx, { key: SETTING, value: { ...question, answer } satisfies Question });
  const townId = await topChain(ctx);
  // `years` comes last: by it the entry is found.
  await appendLedger(ctx, { townId, caseId: null, kind: 'agreeRetention', payload: { agreed, years } });
}
