import type { Reading } from '../../ctx.ts';
import { externalNumberKey, externalNumberRefusal } from '../../domain/external-number.ts';
import { hideOwn } from '../../domain/hiding.ts';
import { Refused } from '../../refusals.ts';
import type { CaseDossier } from './dossier.ts';
import { openApplicant } from './secret.ts';

/**
 * The 一窗受理号 after a step. A form shows the number as the group may see it: left empty, or left as it was shown, it stays what it is.
 * Any other is refused when it is none, or holds the applicant's or a mobile number.
 * @param typed '' when nothing was typed.
 */
export function externalNumberAfter(ctx: Reading, dossier: CaseDossier, typed: string): string | null {
  const known = dossier.record.externalNumber;
  if (typed === '') return known;
  const { applicant } = openApplicant(ctx, dossier.applicant);
  if (known !== null && typed === hideOwn(known, applicant)) return known;
  const number = externalNumberKey(typed);
  const refusal = externalNumberRefusal(number, applicant);
  if (refusal) throw new Refused(refusal);
  return number;
}
