/** The 一窗受理号: the number of a case in the government's own system. Groups see it, and it is looked up by, so nobody may be read from it. */
import type { KnownPerson } from './hiding.ts';
import { folded } from './spelling.ts';
import { normalised } from './typed.ts';

export const EXTERNAL_NUMBER_MAX = 40;

const fitting = new RegExp(`^[A-Za-z\\d\\-_/.]{1,${EXTERNAL_NUMBER_MAX}}$`);
/** A longer run of digits is a number of its own. */
const MOBILE_ALONE = /(?<!\d)1[3-9]\d{9}(?!\d)/;

export type ExternalNumberRefusal = 'external_number_unfit' | 'external_number_personal';

/** As it is stored and looked up: half-width. */
export function externalNumberKey(typed: string): string {
  return normalised(typed, 'NFKC').trim();
}

/** Why such a number is not taken. @param number as `externalNumberKey` gives it. */
export function externalNumberRefusal(
  number: string,
  applicant: Pick<KnownPerson, 'phone' | 'idNumber' | 'contact'> | undefined,
): ExternalNumberRefusal | undefined {
  if (!fitting.test(number)) return 'external_number_unfit';
  const signs = folded(number);
  const own = [applicant?.phone, applicant?.idNumber, applicant?.contact?.phone];
  const personal = MOBILE_ALONE.test(number) || own.some((known) => known && signs.includes(folded(known)));
  return personal ? 'external_number_personal' : undefined;
}
