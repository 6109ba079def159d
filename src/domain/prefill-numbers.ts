/** Finds the telephone and the ID number among the digits of a typed line. */
import { documentKey, parseIdNumber, parsePhone } from './person.ts';

/** Keeps apart what stands on both sides: no word goes across it. */
export const BREAK = ' / ';
/** Numbers that are looked at; the others stay as they are typed. */
const LOOKS_MAX = 20;
/** Characters of the longest telephone or ID number, with its prefix and dashes. */
const NUMBER_LENGTH_MAX = 24;
/** The form compares the birth date with today; here nobody's day has come yet. */
const ANY_DAY = '9999-12-31';
/** A mobile number with one or two digits too few or too many, or with a slip in its second. */
const ALMOST_MOBILE = /^1\d{8,12}$/;
/** An ID number with a slip in it, or with one place too few. */
const ALMOST_ID = /^\d{16,17}[\dX]$/;

/** Either may have a slip in it: it is kept where the form says what is wrong. */
interface Numbers {
  readonly phone?: string;
  readonly idNumber?: string;
}
interface Kept {
  phone?: string;
  idNumber?: string;
  almostPhone?: string;
}

/** Runs of digits with spaces or dashes in them: the longest groups that make a number. `rest` are those that have no place. */
export function takeNumbers(line: string): Numbers & { text: string; rest: string[] } {
  const kept: Kept = {};
  const rest: string[] = [];
  let looks = LOOKS_MAX;
  const text = line.replace(/\+?\d(?:[\d\s-]*\d)?(?:\s?[Xx](?![A-Za-z]))?/g, (run) => {
    if (run.replace(/\D/g, '').length < 3) return run;
    const groups = run.split(/\s+/);
    for (let at = 0; at < groups.length; ) {
      const taken = looks > 0 ? numberAt(groups, at, kept) : 0;
      looks--;
      if (taken === 0) rest.push(groups[at] ?? '');
      at += Math.max(taken, 1);
    }
    return BREAK;
  });
  const { almostPhone, ...numbers } = kept;
  if (almostPhone === undefined) return { ...numbers, text, rest };
  // A number that is right is the telephone, wherever in the line it stands.
  if (numbers.phone !== undefined) return { ...numbers, text, rest: [almostPhone, ...rest] };
  return { ...numbers, phone: almostPhone, text, rest };
}

/** How many of the groups from there on make the longest number, which is kept; 0 for none. */
function numberAt(groups: readonly string[], at: number, kept: Kept): number {
  const prefixes: string[] = [];
  let joined = '';
  for (const group of groups.slice(at, at + NUMBER_LENGTH_MAX)) {
    joined += group;
    if (joined.length > NUMBER_LENGTH_MAX) break;
    prefixes.push(joined);
  }
  const right = prefixes.findLastIndex((digits) => keepRight(digits, kept)) + 1;
  if (right > 0) return right;
  return keepAlmostId(groups[at] ?? '', kept)
    ? 1
    : prefixes.findLastIndex((digits) => keepAlmostPhone(digits, kept)) + 1;
}

/** Keeps the number in the first free place it is right for. */
function keepRight(digits: string, kept: Kept): boolean {
  const phone = parsePhone(digits);
  if (phone.ok && kept.phone === undefined) {
    kept.phone = phone.value;
    return true;
  }
  const idNumber = parseIdNumber(digits, ANY_DAY);
  if (!idNumber.ok || kept.idNumber !== undefined) return false;
  kept.idNumber = idNumber.value;
  return true;
}

/** Only in one piece: two numbers side by side are not one with a slip. */
function keepAlmostId(typed: string, kept: Kept): boolean {
  const idNumber = documentKey(typed);
  if (!ALMOST_ID.test(idNumber) || kept.idNumber !== undefined) return false;
  kept.idNumber = idNumber;
  return true;
}

function keepAlmostPhone(typed: string, kept: Kept): boolean {
  const digits = documentKey(typed);
  if (!ALMOST_MOBILE.test(digits) || parsePhone(typed).ok || kept.almostPhone !== undefined) return false;
  kept.almostPhone = digits;
  return true;
}
