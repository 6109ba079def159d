import type { FormValues } from '../../../cards/field.ts';
import type { correctionForm } from '../../../cards/forms.ts';
import type { ItemRow } from '../../../db/repositories/item.ts';
import { type Reading, today } from '../../ctx.ts';
import { parseOwnPhone } from '../../domain/contact.ts';
import { parseName } from '../../domain/name.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { type Parsed, parseDocument } from '../../domain/person.ts';
import type { RegistrationErrors } from '../draft/view.ts';
import { contactTold, otherErrandTyped } from './check-registration.ts';
import type { Applicant } from './secret.ts';
import { applicantOf, type Told } from './told.ts';

export type CorrectionTyped = FormValues<typeof correctionForm>;
/** What a personal field left empty means. */
export type BlankMeans = 'keep' | 'clear';

export type ToldCheck =
  | { readonly ok: true; readonly told: Told; readonly applicant: Applicant }
  | { readonly ok: false; readonly errors: RegistrationErrors };

/** What the applicant told, after the correction; what is as it was is not judged again. */
export function checkTold(
  ctx: Reading,
  { typed, told, item, blank }: { typed: CorrectionTyped; told: Told; item: ItemRow; blank: BlankMeans },
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
  const phone = parsed('phone', told.phone, parseOwnPhone);
  const idNumber =
    left(typed.idNumber, told.idNumber) === ''
      ? ''
      : parsed('idNumber', told.idNumber, (text) => parseDocument(text, today(ctx)));
  const address = left(typed.address, told.address);
  const contactTyped = left(typed.contact, told.contact);
  const contact =
    contactTyped === told.contact || contactTyped === '' ? contactTyped : contactTold(errors, contactTyped);
  const otherErrand = otherErrandTold(errors, { typed, told, item });
  const remarks = left(typed.remarks, told.remarks);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const person = { name, phone, contact, idNumber, address };
  return { ok: true, applicant: applicantOf(person), told: { ...person, otherErrand, remarks } };
}

/** Of any other item there are no such words; of 其他事项 they are never empty. */
function otherErrandTold(
  errors: RegistrationErrors,
  { typed, told, item }: { typed: CorrectionTyped; told: Told; item: ItemRow },
): string {
  const errand = typed.otherErrand || told.otherErrand;
  if (isOtherItem(item)) return otherErrandTyped(errors, errand);
  if (typed.otherErrand !== '' && typed.otherErrand !== told.otherErrand) {
    errors.otherErrand = '要改成其他事项，请在“办理事项”里选“其他事项”';
  }
  return '';
}
