/** Every Word file there is, by the name in its order. The compiler holds it complete. */
import type { LetterName } from '../services/message/letter-order.ts';
import { bulletinLetter } from './bulletin.ts';
import { informationLetter } from './information.ts';
import type { MakeLetter } from './letter.ts';
import { reportLetter } from './report.ts';
import { reportsLetter } from './reports.ts';
import { slipLetter } from './slip.ts';

export const letters: { readonly [Name in LetterName]: MakeLetter<Name> } = {
  bulletin: bulletinLetter,
  report: reportLetter,
  reports: reportsLetter,
  slip: slipLetter,
  information: informationLetter,
};
