/** Lines of `.env` that count for nothing because of a slip in the name or of the input method: what they say would be missed, unnoticed. */
import { parseEnv } from 'node:util';
import { distance } from 'fastest-levenshtein';

/** Of a short name one letter is much: `HOST` is not a misspelt `PORT`. */
const SHORT = 5;

/**
 * One sentence for each, beginning with what stands there. A name that is like none of ours belongs to somebody else, such as the one
 * that compose reads from the same file.
 */
export function missedLines(text: string, known: readonly string[]): string[] {
  const names = Object.keys(parseEnv(text)).filter((name) => !known.includes(name));
  const misspelt = names.flatMap((name) => {
    const meant = nearest(name, known);
    return meant === undefined ? [] : [`${name}: .env 里的这个名称不认识，是不是 ${meant}？不用的请在行首加 #`];
  });
  const signs = [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z]\w*)\s*([＝：:])/gm)];
  const unread = signs
    .filter(([, name = '']) => known.includes(name.toUpperCase()))
    .map(([, name, sign]) => `${name}: .env 里它后面是“${sign}”，要用半角的“=”`);
  return [...misspelt, ...unread];
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const typed = name.toUpperCase();
  const far = (one: string) => distance(typed, one);
  const [best] = known.toSorted((one, other) => far(one) - far(other));
  if (best === undefined) return undefined;
  return far(best) <= (best.length <= SHORT ? 1 : 2) ? best : undefined;
}
