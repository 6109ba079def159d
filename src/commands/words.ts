/** Taking apart what stands behind a command's name. */
import { parseCaseNumber } from '../domain/case-number.ts';

/** What people put between words: blanks and commas, as their keyboard has them. */
const BETWEEN = /[\s,，、]+/u;

export function wordsIn(args: string): string[] {
  return args.split(BETWEEN).filter((word) => word !== '');
}

/** A case number as people type or copy it, without blanks in it, and the words behind it. */
const NUMBER_FIRST = /^((?:代办件)?\s*(?:编号[:：]?|[#＃])?\s*[\p{Nd}\p{Pd}−ー_]+)[\s:：,，、]*(.*)$/su;

/** The case number that stands first, in its usual form, and what follows it; undefined when none does. */
export function caseNumberFirst(args: string): { readonly caseNumber: string; readonly rest: string } | undefined {
  const [, typed = '', rest = ''] = NUMBER_FIRST.exec(args) ?? [];
  const caseNumber = parseCaseNumber(typed);
  return caseNumber === undefined ? undefined : { caseNumber, rest };
}
