import type { FormValues } from '../../../cards/field.ts';
import type { correctionForm } from '../../../cards/forms.ts';
import { type Reading, today } from '../../ctx.ts';
import { parseName } from '../../domain/name.ts';
import { type Parsed, parseIdNumber, parsePhone } from '../../domain/person.ts';
import type { RegistrationErrors } from '../draft/view.ts';
import type { Told } from './corrections.ts';
import type { Applicant } from './secret.ts';

export type CorrectionTyped = FormValues<typeof correctionForm>;
/** What a personal field left empty means. */
export type BlankMeans = 'keep' | 'clear';

export type ToldCheck =
  | { readonly ok: true; readonly told: Told; readonly applicant: Applicant }
  | { readonly ok: false; readonly errors: RegistrationErrors };

/** What the applicant told, after the correction; what is as it was is not judged again. */
export function checkTold(
  ctx: Reading,
  { typed, told, blank }: { typed: CorrectionTyped; told: Told; blank: BlankMeans },
): ToldCheck {
  const errors: RegistrationErrors = {};
  const parsed = (field: 'applicantName' | 'phone' | 'idNumber', was: string, parse: (text: string) => Parsed) => {
    const text = typed[field];
    if (text === was || text === '') return was;
    const result = parse(text);
    if (result.ok) return result.value;
    errors[field] = result.problem;
    return was;
  };
  const left = (text: string, was: string) => (text === '' && blank === 'keep' ? was : text);
  const name = parsed('applicantName', told.name, parseName);
  const phone = parsed('phone', told.phone, parsePhone);
  const idNumber =
    left(typed.idNumber, told.idNumber) === ''
      ? ''
      : parsed('idNumber', told.idNumber, (text) => parseIdNumber(text, today(ctx)));
  const address = left(typed.address, told.address);
  const remarks = left(typed.remarks, told.remarks);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const applicant = { name, phone, idNumber: idNumber || null, address: address || null };
  return { ok: true, applicant, told: { name, phone, idNumber, address, remarks } };
}
