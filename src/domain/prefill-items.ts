/** Finds the items of the catalogue that the words of a typed line name. */
import { type Catalogue, type CatalogueItem, folded, type Prepared, searchItems } from './catalogue.ts';

/** Nobody reads a longer choice. */
const ITEMS_MAX = 12;
/** Below this only a department or scattered characters match: too little to take a typed word for an item. */
const SCORE_MIN = 20;
/** From here on a word surely means an item: of two such words the first counts. */
const SCORE_SURE = 45;
/** What people add to an item's name: it may tell items apart, but never names one by itself. */
const actionWords = new Set(
  '申请 申领 办理 补办 换证 登记 认定 变更 注销 领取 查询 发放 审批 咨询 备案 打印'.split(' '),
);

interface FoundItems {
  /** Nearest first; more than one where only the typist knows which is meant. */
  readonly codes: string[];
  /** The typed words that named them, as far as they are the catalogue's own: nobody's name is among them. */
  readonly own: string[];
  /** The line's words; '' where one named an item. */
  readonly words: string[];
  /** Words that might name an item and do not. */
  readonly rest: string[];
}

/** The best word and those that narrow it down. A word that surely means something else is a second errand. */
export function takeItems<Item extends CatalogueItem>(
  typed: readonly string[],
  catalogue: Catalogue<Item>,
): FoundItems {
  const split = typed.flatMap((word) => splitAtItem(word, catalogue));
  const scoreOf = (word: string) => (word.length < 2 ? 0 : (searchItems(catalogue, word)[0]?.score ?? 0));
  const candidates = split.filter((word) => scoreOf(word) >= SCORE_MIN && !actionWords.has(word));
  const [best] = candidates.toSorted((a, b) => Math.min(scoreOf(b), SCORE_SURE) - Math.min(scoreOf(a), SCORE_SURE));
  if (best === undefined) return { codes: [], own: [], words: split, rest: [] };
  let query = best;
  const others: string[] = [];
  for (const word of split) {
    if (word === best || !(candidates.includes(word) || actionWords.has(word))) continue;
    if (searchItems(catalogue, `${query} ${word}`).length > 0) query = `${query} ${word}`;
    else if (!actionWords.has(word)) others.push(word);
  }
  const second = others.find((word) => scoreOf(word) >= SCORE_SURE);
  const codes = [
    ...meantBy(catalogue, { query, word: best }),
    ...(second === undefined ? [] : meantBy(catalogue, { query: second, word: second })),
  ];
  const named = [best, ...(second === undefined ? [] : [second])];
  return {
    codes: [...new Set(codes)].slice(0, ITEMS_MAX),
    own: named.filter((word) => catalogue.some((entry) => isTitlePart(word, entry))),
    words: split.map((word) => (candidates.includes(word) || actionWords.has(word) ? '' : word)),
    rest: others.filter((word) => word !== second),
  };
}

/** Where the word is somebody's everyday name for an item, only that; else all that it is surely a part of. */
function meantBy<Item extends CatalogueItem>(
  catalogue: Catalogue<Item>,
  { query, word }: { query: string; word: string },
): string[] {
  const found = searchItems(catalogue, query);
  const best = found.filter((one) => one.score === found[0]?.score);
  const named = catalogue.filter((entry) => isNameOf(folded(word), entry)).map(({ code }) => code);
  const sure = found.filter((one) => one.score >= SCORE_SURE);
  const meant = sure.length === 0 || best.some(({ item }) => named.includes(folded(item.code))) ? best : sure;
  return meant.map(({ item }) => item.code);
}

/** 低保张三 → 低保, 张三. A single character beside the name (办低保) says nothing. */
function splitAtItem<Item extends CatalogueItem>(word: string, catalogue: Catalogue<Item>): string[] {
  const names = catalogue
    .flatMap((entry) => [...entry.commonNames, ...entry.titles])
    .filter((name) => word.length > name.length && (word.startsWith(name) || word.endsWith(name)));
  const name = names.toSorted((a, b) => b.length - a.length)[0];
  if (name === undefined || names.includes(word) || catalogue.some((entry) => isTitlePart(word, entry))) return [word];
  const beside = word.startsWith(name) ? word.slice(name.length) : word.slice(0, -name.length);
  return [name, beside].filter((part) => part.length > 1);
}

function isNameOf(word: string, { titles, commonNames }: Pick<Prepared<unknown>, 'titles' | 'commonNames'>): boolean {
  return commonNames.includes(word) || titles.includes(word);
}

function isTitlePart(word: string, entry: Pick<Prepared<unknown>, 'titles' | 'commonNames'>): boolean {
  return entry.commonNames.includes(word) || entry.titles.some((title) => title.includes(word));
}
