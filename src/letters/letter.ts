/** What the maker of a Word file is given, and what it gives. */
import type { Reading } from '../ctx.ts';
import type { LetterName, LetterOrderOf } from '../services/message/letter-order.ts';
import type { Letter } from './document.ts';
import type { SlipSheet } from './slip-sheet.ts';

/** Runs `work` on one snapshot; several reads see several moments. */
export type ReadPage = <Result>(work: (ctx: Reading) => Promise<Result>) => Promise<Result>;

interface Named {
  /** What the file is called, without its ending; signs that a file system forbids are left out. */
  readonly fileName: string;
}

export interface NamedLetter extends Named {
  readonly letter: Letter;
}

export interface NamedSlip extends Named {
  readonly slip: SlipSheet;
}

/** Reads what an order asks for. */
export type MakeLetter<Name extends LetterName> = (
  read: ReadPage,
  order: LetterOrderOf<Name>,
) => Promise<NamedLetter | NamedSlip>;
