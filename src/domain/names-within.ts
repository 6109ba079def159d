/** The names that a text may hold, when only a keyed hash of each known name is at hand: whatever could be one is looked up. */
import { maskName } from './name.ts';
import { folded, replaceName, spelt } from './spelling.ts';

/** Characters of a name in Han: 王芳 to 阿卜杜热西提·买买提. A single one is no name by itself. */
const HAN_MIN = 2;
const HAN_MAX = 10;
/** Words of a name in letters: Ganbold, Ganbold Batbayar and one more. */
const WORDS_MAX = 3;
/** A shorter one is part of other words. */
const LETTERS_MIN = 4;
/** No name goes across these. */
const SENTENCE_SIGNS = /[，。；：、！？,;:!?\n\r（）()“”"《》]/u;

/** The keys (`nameKey`) of all that may be a name in it. @param text at most as long as a field of a form: the work grows with it. */
export function possibleNames(text: string): string[] {
  const keys = new Set<string>();
  for (const part of text.split(SENTENCE_SIGNS)) {
    for (const run of folded(part).match(/\p{sc=Han}+/gu) ?? []) addRuns(keys, [...run]);
    const words = part.split(/\s+/u).map((word) => (/\p{sc=Han}/u.test(word) ? '' : folded(word)));
    words.forEach((_, from) => {
      for (let until = from + 1; until <= from + WORDS_MAX; until++) {
        const name = words.slice(from, until).join('');
        if (name.length >= LETTERS_MIN) keys.add(name);
      }
    });
  }
  return [...keys];
}

function addRuns(keys: Set<string>, signs: readonly string[]): void {
  for (let from = 0; from < signs.length; from++) {
    for (let length = HAN_MIN; length <= HAN_MAX && from + length <= signs.length; length++) {
      keys.add(signs.slice(from, from + length).join(''));
    }
  }
}

/** Masks these names (keys) in whatever spelling; 安达 within the name of a unit (安达社区) is no person. @param spared the units' names. */
export function hideNames(
  text: string,
  { names, spared }: { names: readonly string[]; spared: readonly string[] },
): string {
  if (names.length === 0) return text;
  const longestFirst = (a: string, b: string) => b.length - a.length;
  const keys = names.toSorted(longestFirst);
  const places = spared.filter((name) => name !== '' && text.includes(name)).toSorted(longestFirst);
  const hide = (part: string) =>
    keys.reduce((reading, key) => replaceName(reading, { key, by: maskName(key) }), spelt(part)).text;
  return apart(text, places)
    .map(({ part, isPlace }) => (isPlace ? part : hide(part)))
    .join('');
}

function apart(text: string, [place, ...others]: readonly string[]): { part: string; isPlace: boolean }[] {
  if (place === undefined) return [{ part: text, isPlace: false }];
  return text
    .split(place)
    .flatMap((part, nth) => [...(nth === 0 ? [] : [{ part: place, isPlace: true }]), ...apart(part, others)]);
}
