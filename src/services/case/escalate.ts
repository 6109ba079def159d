import type { Ctx } from '../../ctx.ts';
import { acceptDeadline } from '../../domain/deadline.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from './dossier.ts';
import { externalNumberAfter } from './external-number.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 转上级: on to the owning department or the level above. The promised day stays: it was promised to the resident. */
export async function escalateCase(
  ctx: Ctx,
  input: CaseRef & { note: string; externalNumber: string },
): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'escalate',
    effect: (dossier) => {
      const { record, higherUnitId, item } = dossier;
      if (higherUnitId === undefined) throw new Refused('case_no_higher_level', { item: item.subItem });
      return {
        set: {
          holderUnitId: higherUnitId,
          handlerId: null,
          acceptBy: acceptDeadline(ctx.now, ctx.zone),
          externalNumber: externalNumberAfter(ctx, dossier, input.externalNumber),
        },
        payload: { fromUnitId: record.holderUnitId },
        note: { note: input.note },
      };
    },
  });
}
