/**
 * What a printed paper of one case says (委托书、受理单、告知单、办结单), in parts; how it looks is laid out in `docx/slip.ts`. Texts may
 * hold anything: what a file cannot hold is left out, a line break begins a new paragraph.
 */
import type { Paragraph, Signature, Table } from './document.ts';

export interface SlipSheet {
  /** Whose paper it is, above the title. */
  readonly office: string;
  /** Of the same office: below its name, or `vertical` beside it, lines from top to bottom and from left to right; null without. */
  readonly officeMongolian: { readonly text: string; readonly vertical: boolean } | null;
  readonly title: string;
  /** What the code to be scanned says; it stands below it, too. At most 200 characters. */
  readonly code: string;
  readonly body: readonly SlipBlock[];
  /** The office whose seal it gets, and its day; null for what only people sign. */
  readonly seal: Signature | null;
  /** Who signs, each on a line with room for a name and a day. */
  readonly signers: readonly string[];
  /** What made the file, in small type at the foot of each page. */
  readonly note: string;
  /** `large` for older readers: 小二 instead of 四号, and everything else along with it. */
  readonly type: 'standard' | 'large';
}

export type SlipBlock = Paragraph | Table | Fields | Lead;

/** Labels with what is filled in beside them; two pairs a row, a `wide` one alone. */
export interface Fields {
  readonly kind: 'fields';
  readonly pairs: readonly Field[];
}

export interface Field {
  readonly label: string;
  readonly value: string;
  readonly wide?: boolean;
}

/** A line of its own that says what follows. */
export interface Lead {
  readonly kind: 'lead';
  readonly text: string;
}
