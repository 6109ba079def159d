import { type Ctx, today } from '../../ctx.ts';
import { Refused } from '../../refusals.ts';
import { isReached } from '../card/targets.ts';
import type { CaseDossier } from './dossier.ts';
import { admitStep, type CaseRef, recordStep } from './step.ts';

/** 催办: asks the holder to hurry, once a day. The state stays; the holder's card comes back to the bottom of its chat. Refused where nobody would see it. */
export async function urgeCase(ctx: Ctx, input: CaseRef): Promise<CaseDossier> {
  const dossier = await admitStep(ctx, { ref: input, step: 'urge' });
  const [holder] = dossier.holderLine;
  if (holder && !(await isReached(ctx, holder))) throw new Refused('urge_dead_end', { unit: holder.center });
  const effect = { set: { urgedDay: today(ctx) } };
  return recordStep(ctx, { dossier, step: 'urge', effect });
}
