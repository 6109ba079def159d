import { day } from '../../../cards/kit.ts';
import { retentionReads } from '../../../db/repositories/retention.ts';
import { type Ctx, today } from '../../ctx.ts';
import { tellUpkeep } from '../alert/upkeep.ts';
import { eraseApplicant } from '../case/erase.ts';
import { keyChange } from '../data-key/check.ts';
import { settingOf } from '../settings.ts';
import { dueBefore, isAgreed } from './agreement.ts';

/** So many a night: with their entries a second or two, at an hour at which nobody presses. */
const PEOPLE_A_NIGHT = 100;

/**
 * Forgets whose every case was archived longer ago than the setting says, the oldest first, each with an entry; the administrators read how
 * many on the working day's card. While `DATA_KEY` is being changed nobody: by which hash somebody is the same person is not certain then.
 */
export async function eraseByRetention(ctx: Ctx): Promise<void> {
  const years = await settingOf(ctx, 'retentionYears');
  if (years === 0 || !(await isAgreed(ctx, years))) return;
  const change = await keyChange(ctx.tx);
  if (change && !change.done) return;
  const before = dueBefore(ctx, years);
  const caseIds = await retentionReads.due(ctx.tx, { before, limit: PEOPLE_A_NIGHT });
  if (caseIds.length === 0) return;
  const reason = `归档满${years}年，按设置自动删除`;
  for (const caseId of caseIds) await eraseApplicant(ctx, { caseId, reason, longAgo: true });
  const { people: left } = await retentionReads.extent(ctx.tx, before);
  const rest = left === 0 ? '' : `还有${left}人，每夜接着删。`;
  await tellUpkeep(ctx, {
    items: [
      {
        // Of a weekend each night is told.
        key: `retention:${today(ctx)}`,
        title: '到期的个人信息删除了',
        lines: [
          `归档满${years}年的${caseIds.length}人，${day(ctx.now, ctx.zone)}凌晨按设置删除了个人信息，都记入台账。${rest}要停，请发 /设置。`,
        ],
      },
    ],
  });
}
