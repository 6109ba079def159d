/** 「您是不是要……」: the command somebody most likely meant. */
import { distance } from 'fastest-levenshtein';
import { pinyin } from 'pinyin-pro';
import { normalised } from './typed.ts';

/** Code units of what was typed, and of its letters: no command's name is half as long. */
const READ_MAX = 100;
const NAME_MAX = 30;

/**
 * The name nearest to what was typed, as it stands in `names`: the same word, a word it begins with, one that sounds the same
 * (统记 → 统计, tongji → 统计), one a slip or two away, or one that stands within it (谁没报月报 → 月报). Undefined when nothing is near.
 */
export function suggest(typed: string, names: readonly string[]): string | undefined {
  const word = folded(typed);
  if (word === '') return undefined;
  const sound = sounded(word);
  const words = names.filter((name) => /^\p{Script=Han}{2,}$/u.test(name));
  return (
    names.find((name) => folded(name) === word) ??
    words.find((name) => word.startsWith(name)) ??
    names.find((name) => sounded(folded(name)) === sound) ??
    nearest(sound, names) ??
    words.find((name) => word.includes(name))
  );
}

function nearest(sound: string, names: readonly string[]): string | undefined {
  let found: { name: string; slips: number } | undefined;
  for (const name of names) {
    const target = sounded(folded(name));
    const slips = distance(sound, target);
    if (slips <= slipsAllowed(target) && slips < (found?.slips ?? Number.POSITIVE_INFINITY)) found = { name, slips };
  }
  return found?.name;
}

/** Of a short word every slip makes another word. */
function slipsAllowed(target: string): number {
  if (target.length < 4) return 0;
  return target.length < 6 ? 1 : 2;
}

function folded(text: string): string {
  return normalised(text.slice(0, READ_MAX), 'NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .slice(0, NAME_MAX);
}

/** Chinese as pinyin without tones, other letters as they are. */
function sounded(word: string): string {
  return pinyin(word, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).join('');
}
