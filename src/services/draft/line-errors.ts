import { type Reading, today } from '../../ctx.ts';
import { parseOwnPhone } from '../../domain/contact.ts';
import { parseIdNumber } from '../../domain/person.ts';
import type { DraftContent } from './content.ts';
import type { RegistrationErrors } from './view.ts';

/** What is wrong with a typed line already, said before the form is sent; what is missing is not wrong yet. */
export function lineErrors(ctx: Reading, { phone, idNumber, residence, line }: DraftContent): RegistrationErrors {
  const parsed = {
    phone: phone === undefined ? undefined : parseOwnPhone(phone),
    idNumber: idNumber === undefined ? undefined : parseIdNumber(idNumber, today(ctx)),
  };
  const outside = residence === undefined ? line?.outside : undefined;
  return {
    ...(parsed.phone?.ok === false ? { phone: parsed.phone.problem } : {}),
    ...(parsed.idNumber?.ok === false ? { idNumber: parsed.idNumber.problem } : {}),
    ...(outside === undefined ? {} : { residence: `“${outside}”不在您的登记范围，请那里的代办员登记，或改选` }),
  };
}
