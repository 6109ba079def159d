import { type Ctx, today } from '../../ctx.ts';
import type { CaseDossier } from './dossier.ts';
import { admitStep, type CaseRef, recordStep } from './step.ts';

/** 催办: asks the holder to hurry, once a day. The state stays; the holder's card comes back to the bottom of its chat. */
export async function urgeCase(ctx: Ctx, input: CaseRef): Promise<CaseDossier> {
  const dossier = await admitStep(ctx, { ref: input, step: 'urge' });
  const effect = { set: { urgedDay: today(ctx) } };
  return recordStep(ctx, { dossier, step: 'urge', effect });
}
