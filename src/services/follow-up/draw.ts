import { agentReads } from '../../../db/repositories/agent.ts';
import { followUpCheckReads, followUpCheckWrites } from '../../../db/repositories/follow-up-check.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { isDrawn } from '../../domain/sample.ts';
import { appendLedger } from '../ledger/append.ts';
import { topChain } from '../ledger/top-chain.ts';
import { notify } from '../message/notify.ts';
import { settingOf } from '../settings.ts';
import { presentFor } from '../stand-in/running.ts';
import { subtreeOf } from '../unit/tree.ts';

const DAY_MS = 86_400_000;
/** A week that was missed is made up for; what was looked at before comes out the same. */
const LOOKED_BACK_MS = 14 * DAY_MS;
/** A rating may be taken back for ten minutes. */
const SETTLED_MS = 60 * 60_000;

/**
 * Draws of the good ratings of the last two weeks those that the banner asks about once more. Which ones is fixed by a keyed hash of the
 * case's number: whoever knows the program cannot tell them without the key. Not written into a case's own course: nobody who dealt with
 * it is to know before it is done.
 */
export async function drawChecks(ctx: Ctx, slot: number): Promise<void> {
  const percent = await settingOf(ctx, 'checkedPercent');
  if (percent === 0) return;
  const units = await unitReads.all(ctx.tx);
  const unitIds = units.map(({ id }) => id);
  const stretch = { from: slot - LOOKED_BACK_MS, to: slot - SETTLED_MS };
  const rated = await followUpCheckReads.undrawn(ctx.tx, { ...stretch, unitIds });
  const drawn = rated.filter(({ caseNumber }) => isDrawn({ lot: ctx.vault.lotOf(caseNumber), percent }));
  if (drawn.length === 0) return;
  const caseIds = drawn.map(({ caseId }) => caseId).sort((a, b) => a - b);
  await followUpCheckWrites.draw(ctx.tx, { caseIds, at: ctx.now });
  await appendLedger(ctx, {
    townId: await topChain(ctx),
    caseId: null,
    kind: 'drawChecks',
    payload: { caseIds, percent },
  });
  const registeredBy = drawn.map(({ registeringUnitId }) => registeringUnitId);
  for (const banner of units.filter(({ level }) => level === 'banner')) {
    const below = new Set(subtreeOf(banner, units).map(({ id }) => id));
    await tellCheckers(ctx, { banner, count: registeredBy.filter((id) => below.has(id)).length });
  }
}

/** Where the banner has a group its weekly digest says so. */
async function tellCheckers(ctx: Ctx, { banner, count }: { banner: UnitRow; count: number }): Promise<void> {
  if (banner.chatId !== null || count === 0) return;
  const lines = [`这周抽到${count}件评价满意的件，请打电话再问一次群众。`, '发 /待办，点“抽查回访”。'];
  const managers = await agentReads.activeWithRole(ctx.tx, { unitIds: [banner.id], roles: ['manager'] });
  for (const { openId } of await presentFor(ctx, managers)) {
    await notify(ctx, { target: openId, notice: { title: '抽查回访', lines } });
  }
}
