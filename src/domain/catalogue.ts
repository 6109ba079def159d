/** Finding a service item (事项) by words, pinyin, code or the name people really use. */
import { normalised } from './typed.ts';

export interface CatalogueItem {
  readonly code: string;
  readonly mainItem: string;
  readonly subItem: string;
  readonly department: string;
  /** 常用叫法 that somebody has given it; null: none. */
  readonly commonNames?: readonly string[] | null;
}

export interface Found<Item extends CatalogueItem> {
  readonly item: Item;
  /** Higher is nearer; comparable within one search only. */
  readonly score: number;
}

/** What `prepareCatalogue` makes of the items, so that no search computes pinyin. */
export type Catalogue<Item extends CatalogueItem> = readonly Prepared<Item>[];

export interface Prepared<Item> {
  readonly item: Item;
  readonly code: string;
  readonly department: string;
  /** Folded titles. */
  readonly titles: readonly string[];
  readonly commonNames: readonly string[];
  readonly sounds: readonly Sound[];
}

export interface Sound {
  /** The whole text and every tail of it, each beginning with a syllable. */
  readonly tails: readonly string[];
  readonly initials: string;
}

const CODE_PREFIX_MIN = 6;
/** Words of a query that are looked at. */
const WORDS_MAX = 20;
const scores = {
  exact: 100,
  startsWith: 80,
  contains: 60,
  commonName: 50,
  commonNamePart: 45,
  pinyin: 35,
  initials: 25,
  scattered: 15,
  department: 10,
} as const;
/** An everyday name decides between items whose titles match alike. */
const COMMON_NAME_BONUS = 5;

/** The items that match every word of the query, nearest first; in the catalogue's order where alike. None for an empty query. */
export function searchItems<Item extends CatalogueItem>(catalogue: Catalogue<Item>, query: string): Found<Item>[] {
  const typed = query.split(/[\s,，、;；]+/u, WORDS_MAX).map(folded);
  const words = [...new Set(typed)].filter((word) => word !== '');
  if (words.length === 0) return [];
  return catalogue
    .map((entry) => ({ item: entry.item, score: scoreOf(entry, words) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score);
}

/** Is the word an item's everyday name, code, title or a part of it, of two characters at least? What only sounds like one is not. */
export function namesAnItem(catalogue: Catalogue<CatalogueItem>, word: string): boolean {
  const name = folded(word);
  return name.length > 1 && catalogue.some((entry) => wordScore(entry, name) >= scores.commonName);
}

function scoreOf(entry: Prepared<unknown>, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const score = wordScore(entry, word);
    if (score === 0) return 0;
    sum += score;
  }
  return sum / words.length;
}

function wordScore(entry: Prepared<unknown>, word: string): number {
  const bonus = entry.commonNames.includes(word) ? COMMON_NAME_BONUS : 0;
  const title = titleScore(entry, word);
  if (title > 0) return title + bonus;
  if (bonus > 0) return scores.commonName;
  const nameParts = (name: string) => word.includes(name) || (word.length > 1 && name.startsWith(word));
  if (entry.commonNames.some(nameParts)) return scores.commonNamePart;
  const sound = /^[a-z]{2,}$/.test(word) ? Math.max(...entry.sounds.map((each) => soundScore(each, word))) : 0;
  if (sound > 0) return sound;
  if (word.length > 2 && entry.titles.some((own) => isScattered(word, own))) return scores.scattered;
  return entry.department.includes(word) ? scores.department : 0;
}

function titleScore(entry: Prepared<unknown>, word: string): number {
  if (entry.code === word || entry.titles.includes(word)) return scores.exact;
  if (word.length >= CODE_PREFIX_MIN && entry.code.startsWith(word)) return scores.startsWith;
  if (entry.titles.some((title) => title.startsWith(word))) return scores.startsWith;
  return entry.titles.some((title) => title.includes(word)) ? scores.contains : 0;
}

/** From three letters on, a word may stand for a part of the title; two letters mean the beginning of it. */
function soundScore(sound: Sound, word: string): number {
  if (sound.tails[0] === word) return scores.pinyin + 2;
  if (sound.initials === word) return scores.initials + 2;
  if (word.length < 3) return sound.initials.startsWith(word) ? scores.initials : 0;
  if (sound.tails.some((tail) => tail.startsWith(word))) return scores.pinyin;
  return sound.initials.includes(word) ? scores.initials : 0;
}

/** 就业证 in 就业创业证: every character, in order. */
function isScattered(word: string, text: string): boolean {
  let from = 0;
  for (const character of word) {
    const at = text.indexOf(character, from);
    if (at === -1) return false;
    from = at + character.length;
  }
  return true;
}

/** Letters and digits only, in one case and width. */
export function folded(text: string): string {
  return normalised(text, 'NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
