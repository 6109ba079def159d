/** By what people find a case again. Whatever spelling they type is looked up in its normal form. */
import { nameKey } from './name.ts';
import { documentKey, phoneKey, phoneTail } from './person.ts';

export const normalForms = {
  name: nameKey,
  phone: phoneKey,
  phoneTail,
  idNumber: documentKey,
  /** Compared with what the ledger says of a case, as it was written. */
  externalNumber: (number: string) => number,
} as const;

export type LookUp = keyof typeof normalForms;
