import type { Ctx } from '../../ctx.ts';
import { acceptDeadline } from '../../domain/deadline.ts';
import { Refused } from '../../refusals.ts';
import { localDays } from '../setting/calendar.ts';
import type { CaseDossier } from './dossier.ts';
import { escalationOf } from './escalation.ts';
import { externalNumberAfter } from './external-number.ts';
import { type CaseRef, takeStep } from './step.ts';

/** 转上级: on to the owning department or the level above; refused where nobody would see it. The promised day stays: it was promised to the resident. */
export async function escalateCase(
  ctx: Ctx,
  input: CaseRef & { note: string; externalNumber: string },
): Promise<CaseDossier> {
  return takeStep(ctx, {
    ref: input,
    step: 'escalate',
    effect: async (dossier) => {
      const { record, item } = dossier;
      const escalation = await escalationOf(ctx, dossier);
      if (!escalation) throw new Refused('case_no_higher_level', { item: item.subItem });
      const { to, deserted } = escalation;
      if (!to) throw new Refused('escalate_dead_end', { unit: deserted?.center ?? '' });
      return {
        set: {
          holderUnitId: to.id,
          handlerId: null,
          acceptBy: acceptDeadline(ctx.now, await localDays(ctx)),
          externalNumber: externalNumberAfter(ctx, dossier, input.externalNumber),
        },
        payload: { fromUnitId: record.holderUnitId },
        note: { note: input.note },
      };
    },
  });
}
