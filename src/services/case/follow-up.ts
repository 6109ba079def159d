import { type Ctx, requireStaff } from '../../ctx.ts';
import { needsRectification, type Rating } from '../../domain/case.ts';
import { isOwnFollowUp } from '../../domain/follow-up.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { archiveCase } from './archive.ts';
import type { CaseDossier } from './dossier.ts';
import { admitStep, type CaseRef, recordStep } from './step.ts';

/**
 * 回访评价: what the resident says. Archived at once unless a manager has to put something right first, who then has to know what: refuses
 * `bad_rating_needs_words`.
 */
export async function followUpCase(
  ctx: Ctx,
  input: CaseRef & { rating: Rating; comment: string },
): Promise<CaseDossier> {
  const dossier = await admitStep(ctx, { ref: input, step: 'followUp' });
  const badly = needsRectification({ ...dossier.facts, rating: input.rating });
  if (badly && saysNothing(input.comment)) throw new Refused('bad_rating_needs_words');
  const followedUpById = requireStaff(ctx).agent.id;
  const byHandler = isOwnFollowUp({ ...dossier.record, followedUpById });
  const rated = await recordStep(ctx, {
    dossier,
    step: 'followUp',
    cards: badly ? 'now' : 'later',
    effect: {
      set: { followedUpAt: ctx.now, followedUpById, rating: input.rating },
      ...(byHandler ? { payload: { byHandler } } : {}),
      note: { note: input.comment },
    },
  });
  return badly ? rated : archiveCase(ctx, rated);
}
