/** 是不是“巴彦托海镇”？: the name that was most likely meant. */
import { distance } from 'fastest-levenshtein';

/** Longer texts are no name of a unit, and comparing takes the product of both lengths. */
const READ_MAX = 60;

/** The nearest of the names, if it is near: one slip in four characters. */
export function nearestName(typed: string, names: Iterable<string>): string | undefined {
  if (typed.length > READ_MAX) return undefined;
  let found: { name: string; slips: number } | undefined;
  for (const name of names) {
    const slips =
      name.length > 1 && (typed.includes(name) || (typed.length > 1 && name.includes(typed)))
        ? 1
        : distance(typed, name);
    if (slips <= Math.max(1, Math.floor(name.length / 4)) && slips < (found?.slips ?? Number.POSITIVE_INFINITY)) {
      found = { name, slips };
    }
  }
  return found?.name;
}

/** `，是不是“大雁镇”？`, or nothing. */
export function didYouMean(typed: string, names: Iterable<string>): string {
  const name = nearestName(typed, names);
  return name === undefined ? '' : `，是不是“${name}”？`;
}
