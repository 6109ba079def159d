/** By what people find a case again. Whatever spelling they type is looked up in its normal form. */
import { externalNumberKey } from './external-number.ts';
import { nameKey } from './name.ts';
import { documentKey, phoneKey, phoneTail } from './person.ts';

export const normalForms = {
  name: nameKey,
  phone: phoneKey,
  phoneTail,
  idNumber: documentKey,
  externalNumber: externalNumberKey,
} as const;

export type LookUp = keyof typeof normalForms;
