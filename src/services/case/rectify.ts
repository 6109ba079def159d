import type { Ctx } from '../../ctx.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { archiveCase } from './archive.ts';
import type { CaseDossier } from './dossier.ts';
import { admitStep, type CaseRef, recordStep } from './step.ts';

/** 整改: a manager writes down what was put right after a bad rating; then the case is archived. */
export async function rectifyCase(ctx: Ctx, input: CaseRef & { note: string }): Promise<CaseDossier> {
  if (saysNothing(input.note)) throw new Refused('rectify_needs_note');
  const dossier = await admitStep(ctx, { ref: input, step: 'rectify' });
  const rectified = await recordStep(ctx, {
    dossier,
    step: 'rectify',
    cards: 'later',
    effect: { set: { rectifiedAt: ctx.now }, note: { note: input.note } },
  });
  return archiveCase(ctx, rectified);
}
