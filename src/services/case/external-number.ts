import type { Reading } from '../../ctx.ts';
import { hideOwn } from '../../domain/hiding.ts';
import type { CaseDossier } from './dossier.ts';
import { openApplicant } from './secret.ts';

/**
 * The 一窗受理号 after a step. A form shows the number as the group may see it: left empty, or left as it was shown, it stays what it is.
 * @param typed '' when nothing was typed.
 */
export function externalNumberAfter(ctx: Reading, dossier: CaseDossier, typed: string): string | null {
  const known = dossier.record.externalNumber;
  if (typed === '' || known === null) return typed || known;
  return typed === hideOwn(known, openApplicant(ctx, dossier.applicant).applicant) ? known : typed;
}
