/**
 * What the levels of the tree are called where the program is used. Its own words are written as in the plan (旗县, 苏木乡镇, 嘎查社区);
 * elsewhere in China people say 县, 乡镇 and 村, or 区, 街道 and 社区. Words of our own are tagged `local` where they name a level; what
 * people typed, names of units and texts of the plan never are.
 */

/** The levels whose names differ from place to place. */
export const namedLevels = ['banner', 'town', 'village'] as const;
export type NamedLevel = (typeof namedLevels)[number];
export type LevelNames = Readonly<Record<NamedLevel, string>>;

/** As in the plan. */
export const planLevelNames: LevelNames = { banner: '旗县', town: '苏木乡镇', village: '嘎查社区' };

/** Characters of a name. 乡镇（街道） and 县（市、区） are usual, too. */
export const LEVEL_NAME_MAX = 12;
const levelName = /^\p{Script=Han}[\p{Script=Han}（）、]*$/u;

/** May a level be called so? */
export function isLevelName(name: string): boolean {
  return name.length <= LEVEL_NAME_MAX && levelName.test(name);
}

/** 街道里 is no word: 镇里 and 县里 are said of one character only. */
function inside(name: string): string {
  return name.length === 1 ? `${name}里` : name;
}

/** A 街道 is no government of its own; its office is. */
function townOffice(name: string): string {
  return name.endsWith('街道') && !/[乡镇]/.test(name) ? `${name}办事处` : `${name}人民政府`;
}

type Phrase = readonly [words: RegExp, said: (name: string) => string];
const plainly = (name: string) => name;

/**
 * How our own words name each level, short forms included. A short form counts only in these places, so that a unit's name that is
 * given as an example (大雁镇) stays.
 */
const phrases: Readonly<Record<NamedLevel, readonly Phrase[]>> = {
  banner: [
    [/旗里/g, inside],
    [/旗县|旗(?=[直政采、的]|本级|管理员|窗口)|(?<=全)旗/g, plainly],
  ],
  town: [
    [/苏木乡镇人民政府/g, townOffice],
    [/镇里/g, inside],
    [/苏木乡镇(?:（街道）|社区(?=代办人员))?|乡镇(?=编号)|(?<=[按各个些本有])镇|镇(?=以上|、)/g, plainly],
  ],
  village: [[/嘎查社区|(?<=按)嘎查|村(?=干部)|(?<=苏木乡镇)社区(?=代办人员)/g, plainly]],
};

/** Our own words with the levels called by these names. By the plan's names they stay as they are. */
export function inLocalWords(text: string, names: LevelNames): string {
  let said = text;
  const put: string[] = [];
  // A name may itself hold such a word (镇街): what was put in is out of sight until the end.
  const hide = (name: string) => String.fromCharCode(HIDDEN_FROM + put.push(name) - 1);
  for (const level of namedLevels) {
    if (names[level] === planLevelNames[level]) continue;
    for (const [words, of] of phrases[level]) said = said.replace(words, () => hide(of(names[level])));
  }
  return said.replace(/[\ue000-\uf8ff]/g, (hidden) => put[hidden.charCodeAt(0) - HIDDEN_FROM] ?? hidden);
}

/** Characters for private use, of which our own words have none. */
const HIDDEN_FROM = 0xe000;

/**
 * A header as the plan prints it, where it names a level by one of these names: 所属街道 is 所属苏木乡镇. Headers come without what stands
 * in brackets.
 */
export function inPrintedWords(header: string, names: LevelNames): string {
  const named = namedLevels
    .map((level) => ({ level, name: names[level].replace(/（[^（）]*）?/gu, '') }))
    .filter(({ level, name }) => name !== planLevelNames[level] && header.includes(name));
  const [longest] = named.sort((one, other) => other.name.length - one.name.length);
  return longest ? header.replace(longest.name, planLevelNames[longest.level]) : header;
}

/** Where the names that count are found, and who is told of others. */
export interface LevelNamesSource {
  names(): LevelNames;
  /** Within the transaction that sets them. */
  change(names: LevelNames): void;
}

let source: LevelNamesSource = { names: () => planLevelNames, change: () => undefined };

/** Until then the plan's names count. See `src/level-speech.ts`. */
export function keepLevelNamesIn(keeper: LevelNamesSource): void {
  source = keeper;
}

/** The names that count where this runs. */
export function levelNames(): LevelNames {
  return source.names();
}

/** From here on these count, once the transaction that runs has been committed everywhere. */
export function changeLevelNames(names: LevelNames): void {
  source.change(names);
}

/** Tags a text of ours that names a level. What is put into its gaps stays as it is. Not for constants: those are made before anybody has said a name. */
export function local(words: TemplateStringsArray, ...gaps: readonly (string | number)[]): string {
  const names = source.names();
  return words.reduce((said, piece, index) => {
    const before = index === 0 ? '' : `${said}${gaps[index - 1]}`;
    return `${before}${inLocalWords(piece, names)}`;
  }, '');
}

/** As `local`, for a text of ours that is kept elsewhere. */
export function localWords(text: string): string {
  return inLocalWords(text, source.names());
}
