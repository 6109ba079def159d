import { retentionCard } from '../../../cards/retention.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { retentionReads } from '../../../db/repositories/retention.ts';
import type { Ctx } from '../../ctx.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { settingOf } from '../settings.ts';
import { dueBefore, isAgreed, lastQuestion, noteQuestion } from './agreement.ts';

/** Nobody answered, or the answer was 暂不: it is asked again after so long. */
const AGAIN_MS = 30 * 24 * 3_600_000;

/** Before anything is deleted by the setting the administrators are asked, each by a card: how many people, and since when. */
export async function askRetention(ctx: Ctx): Promise<void> {
  const years = await settingOf(ctx, 'retentionYears');
  if (years === 0 || (await isAgreed(ctx, years))) return;
  const last = await lastQuestion(ctx);
  if (last?.years === years && ctx.now - last.at < AGAIN_MS) return;
  const { people, oldestAt } = await retentionReads.extent(ctx.tx, dueBefore(ctx, years));
  if (people === 0 || oldestAt === null) return;
  await noteQuestion(ctx, years);
  const card = retentionCard({ years, people, oldestAt, zone: ctx.zone });
  for (const { openId } of await agentReads.activeAdmins(ctx.tx)) {
    await enqueuePost(ctx, { target: openId, content: { kind: 'fixed', card } });
  }
}
