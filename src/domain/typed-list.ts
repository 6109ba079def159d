/** A pasted list: one person a line. */
import type { Prefill } from './prefill.ts';
import { LIST_LINES_MAX } from './typed.ts';

/** 1. 2、 (3) at the beginning of a line. */
const NUMBERING = /^\s*[（(]?\d{1,2}(?:[)）、]|[.．](?!\d))\s*/u;

/** Enough to see that there are more people than one card takes. */
const LINES_READ_MAX = 2 * LIST_LINES_MAX;

export interface TypedList {
  /** One person each, in their order. */
  readonly people: readonly Prefill[];
  /** The line above them that names what all of them want, or where all of them live. */
  readonly heading: Prefill | undefined;
}

/**
 * undefined where the lines are about one person: a pasted form has each of its fields in a line of its own, a list somebody's name
 * with a number or an errand in at least two of them.
 */
export function readList(text: string, read: (line: string) => Prefill): TypedList | undefined {
  const lines = text.split('\n').map((line) => line.replace(NUMBERING, '').trim());
  const typed = lines.filter((line) => line !== '').slice(0, LINES_READ_MAX);
  const known = typed.map(read);
  if (known.filter(isPerson).length < 2) return undefined;
  const [first, ...others] = known;
  const heading = first && isHeading(first) ? first : undefined;
  return { heading, people: heading ? others : known };
}

function isPerson({ name, nameWords, phone, idNumber, itemCodes }: Prefill): boolean {
  const named = name !== undefined || nameWords !== undefined;
  return named && (phone !== undefined || idNumber !== undefined || itemCodes.length > 0);
}

function isHeading({ name, nameWords, phone, idNumber, itemCodes, residenceId }: Prefill): boolean {
  if (phone !== undefined || idNumber !== undefined || nameWords !== undefined || name !== undefined) return false;
  return itemCodes.length > 0 || residenceId !== undefined;
}
