/**
 * 单位: the tree below the banner from a list. A unit is known by its level, its name and what it belongs to, or by the
 * name it had (原名称), so that nothing is renamed by mistake; the banner by being the only one.
 */

import { inPrintedWords, levelNames, local } from '../level-names.ts';
import { normalised } from '../typed.ts';
import { isVerticalScript, type UnitLevel } from '../unit.ts';
import { faultAt, faultyRows, type ImportTable, type PlacedRow, placeWords, rowsIn, storedFaults } from './file.ts';
import { didYouMean } from './nearest.ts';
import { type Change, differencesOf, type Fault, type Missing, type Plan } from './plan.ts';

export interface KnownUnit {
  readonly id: number;
  readonly level: UnitLevel;
  readonly name: string;
  readonly center: string;
  readonly parentId: number | null;
  readonly townNumber: number | null;
  readonly population: number | null;
  readonly nameMongolian: string | null;
  readonly active: boolean;
}

/** What a unit is afterwards. */
export interface UnitValues {
  readonly level: ListedLevel;
  readonly name: string;
  readonly center: string;
  /** The unit above: one that is known, or the name of a new one and its level. */
  readonly parent: number | { readonly level: ListedLevel; readonly name: string } | null;
  /** Of a town; null for one that gets the next free number. */
  readonly townNumber: number | null;
  /** 常住人口; null where nobody said. */
  readonly population: number | null;
  /** 蒙古文名称 as it was given; null where nobody said. */
  readonly nameMongolian: string | null;
}

/** What may stand in a list, each after what it may belong to. */
const listedLevels = ['banner', 'department', 'town', 'village', 'outlet'] as const;
export type ListedLevel = (typeof listedLevels)[number];

export const listedLevelWords: Readonly<Record<ListedLevel, string>> = {
  get banner() {
    return local`旗县`;
  },
  get department() {
    return local`旗直部门`;
  },
  get town() {
    return local`苏木乡镇`;
  },
  get village() {
    return local`嘎查社区`;
  },
  outlet: '服务点',
};

const levelWords: readonly (readonly [RegExp, ListedLevel])[] = [
  [/^(?:旗县市?区?|旗县级|旗|县|县级|旗本级)$/, 'banner'],
  [/^(?:旗直部门|旗直单位|部门|县直部门|单位部门)$/, 'department'],
  [/^(?:苏木乡镇(?:街道)?|苏木|乡|镇|乡镇|街道|镇级)$/, 'town'],
  [/^(?:嘎查社区|嘎查|社区|村|嘎查村|村级)$/, 'village'],
  [/^(?:服务点|便民服务点|银行网点|金融网点|邮政网点|邮政|银行|网点)$/, 'outlet'],
];

/** What a unit may belong to. */
const aboveOf: Readonly<Record<ListedLevel, readonly ListedLevel[]>> = {
  banner: [],
  department: ['banner'],
  town: ['banner'],
  village: ['town'],
  outlet: ['town', 'village'],
};

const NAME_MAX = 40;
/** Of letters, and a word of them is longer than one of characters. */
const NAME_MONGOLIAN_MAX = 120;
const TOWN_NUMBER_MAX = 99;

/** The same for every spelling of a unit's name. */
export function unitKey(name: string): string {
  return normalised(name, 'NFKC').replace(/\s+/gu, '');
}

/** A row that has been read. */
interface Draft extends PlacedRow {
  readonly level: ListedLevel;
  readonly name: string;
  readonly parentName: string;
  readonly center: string | undefined;
  readonly townNumber: number | null;
  /** What it is called in the program, where the row renames it; '' where it does not. */
  readonly formerName: string;
  readonly population: number | null;
  readonly nameMongolian: string | null;
}

export function planUnits(tables: readonly ImportTable[], known: readonly KnownUnit[]): Plan<UnitValues> {
  const faults: Fault[] = [];
  const drafts = rowsIn(tables).flatMap((placed) => readRow(placed, faults));
  const wrong = new Map(faultyRows(tables, faults).map((placed) => [nameOf(placed).name, placeWords(placed)]));
  const towns = new Set(drafts.flatMap(({ level, name }) => (level === 'town' ? name : [])));
  const planner = new UnitPlanner(known, { faults, wrong, towns });
  for (const level of listedLevels) for (const draft of drafts) if (draft.level === level) planner.take(draft);
  return planner.plan(faultyRows(tables, faults).flatMap(namesIn));
}

function readRow(placed: PlacedRow, faults: Fault[]): Draft[] {
  const { table, row } = placed;
  const { cells } = row;
  const before = faults.length;
  faults.push(...storedFaults(placed));
  const blame = (field: string, reason: string) => faults.push(faultAt(placed, field, reason));
  const named = nameOf(placed);
  const level = levelOf(table, { named: named.field, word: cells['level'] });
  if (level === undefined) blame('level', levelFault(cells['level']));
  if (named.name === '') blame(named.field, '没有填名称');
  else if (named.name.length > NAME_MAX) blame(named.field, `名称太长，最多${NAME_MAX}个字`);
  const townNumber = numberOf(cells['townNumber']);
  if (townNumber === undefined) blame('townNumber', `应是1到${TOWN_NUMBER_MAX}的数字，是代办件编号的中间两位`);
  if (level !== 'town' && townNumber) blame('townNumber', local`只有苏木乡镇有编号，这一行请留空`);
  const population = populationOf(cells['population']);
  if (population === undefined) blame('population', '常住人口应是1到9999999的整数，不知道就留空');
  const nameMongolian = mongolianOf(cells['nameMongolian']);
  if (nameMongolian === undefined) {
    blame('nameMongolian', `应是蒙古文或西里尔文的名称，最多${NAME_MONGOLIAN_MAX}个字母，没有就留空`);
  }
  const { center } = cells;
  if ((center ?? '').length > NAME_MAX) blame('center', `服务场所的名称太长，最多${NAME_MAX}个字`);
  if (faults.length > before || level === undefined) return [];
  const parentName = cells['parent'] ?? (named.field === 'village' ? (cells['town'] ?? '') : '');
  const formerName = unitKey(cells['formerName'] ?? '');
  const numbers = { townNumber: townNumber ?? null, population: population ?? null };
  const names = { name: named.name, nameMongolian: nameMongolian ?? null, formerName };
  return [{ ...numbers, ...names, table, row, level, parentName, center }];
}

/** The column that names the unit: in a list of villages the town stands beside it. */
function nameOf({ table, row }: PlacedRow): { field: string; name: string } {
  const field = ['name', 'village', 'town'].find((one) => one in table.labels) ?? 'name';
  return { field, name: unitKey(row.cells[field] ?? '') };
}

/** What a row calls its unit, and what the unit was called before. */
function namesIn(placed: PlacedRow): string[] {
  return [nameOf(placed).name, unitKey(placed.row.cells['formerName'] ?? '')];
}

function levelOf(
  table: ImportTable,
  { named, word }: { named: string; word: string | undefined },
): ListedLevel | undefined {
  if ('level' in table.labels) {
    const typed = unitKey(word ?? '');
    const called = listedLevels.find((level) => unitKey(listedLevelWords[level]) === typed);
    return called ?? levelWords.find(([words]) => words.test(typed))?.[1];
  }
  if (named === 'village' || named === 'town') return named;
  const parent = inPrintedWords(table.labels['parent'] ?? '', levelNames());
  return /苏木乡镇/.test(parent) ? 'village' : undefined;
}

function levelFault(word: string | undefined): string {
  const words = Object.values(listedLevelWords);
  if (word === undefined) return `没有填级别，应是${words.join('、')}之一`;
  return `级别应是${words.join('、')}之一${didYouMean(word, words)}`;
}

/** null when nothing is filled in, undefined when it is no number of a town. */
function numberOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  const number = Number(/^\d{1,2}$/.exec(normalised(text, 'NFKC'))?.[0] ?? 0);
  return number >= 1 ? number : undefined;
}

/** null when nothing is filled in, undefined when it is no number of people. 1,234 and 1234人 are 1234. */
function populationOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  const found = /^(\d{1,7})人?$/.exec(normalised(text, 'NFKC').replace(/[,\s]/g, ''));
  const number = Number(found?.[1] ?? 0);
  return number >= 1 ? number : undefined;
}

/** null when nothing is filled in, or 无; undefined when it is no name. The narrow blank before an ending is part of a Mongolian word. */
function mongolianOf(text: string | undefined): string | null | undefined {
  if (text === undefined) return null;
  const name = text.replace(/[^\S\u202f]+/gu, ' ').trim();
  if (/^(?:无|没有)$/u.test(name)) return null;
  return /[\p{sc=Mong}\p{sc=Cyrl}\p{sc=Latn}]/u.test(name) && name.length <= NAME_MONGOLIAN_MAX ? name : undefined;
}

type Parent = UnitValues['parent'];

class UnitPlanner {
  readonly #faults: Fault[];
  readonly #known: readonly KnownUnit[];
  readonly #banner: KnownUnit | undefined;
  readonly #changes: Change<UnitValues>[] = [];
  readonly #listed = new Set<number>();
  /** By level, name and parent: where it stood first. */
  readonly #rows = new Map<string, Draft>();
  /** Names in this file, and of those in use, by level: what each is. */
  readonly #byLevel = new Map<ListedLevel, Map<string, Parent[]>>();
  readonly #levels = new Set<ListedLevel>();
  readonly #numbers = new Map<number, string>();
  readonly #wrong: ReadonlyMap<string, string>;
  readonly #towns: ReadonlySet<string>;
  #unchanged = 0;

  /** @param rows.wrong where the names of rows stand that cannot be taken; `towns`: those that the file names */
  constructor(
    known: readonly KnownUnit[],
    rows: { faults: Fault[]; wrong: ReadonlyMap<string, string>; towns: ReadonlySet<string> },
  ) {
    this.#known = known;
    this.#faults = rows.faults;
    this.#wrong = rows.wrong;
    this.#towns = rows.towns;
    this.#banner = known.find(({ level }) => level === 'banner');
    for (const level of listedLevels) {
      const names = new Map<string, Parent[]>();
      for (const unit of known) if (unit.level === level && unit.active) add(names, unitKey(unit.name), unit.id);
      this.#byLevel.set(level, names);
    }
    for (const unit of known) if (unit.townNumber !== null) this.#numbers.set(unit.townNumber, unit.name);
  }

  take(draft: Draft): void {
    this.#levels.add(draft.level);
    const parent = this.#parentOf(draft);
    if (parent === undefined) return;
    const key = JSON.stringify([draft.level, draft.name, draft.level === 'banner' ? null : parent]);
    const first = this.#rows.get(key);
    if (first) {
      this.#blame(draft, 'name', `和${placeWords(first)}重复了`);
      return;
    }
    this.#rows.set(key, draft);
    if (!this.#renamesWell(draft, parent)) return;
    const unit = this.#same(draft, parent);
    if (unit) this.#listed.add(unit.id);
    if (!this.#numberFits(draft, unit)) return;
    this.#note(draft, { unit, parent });
  }

  /** @param unread names in rows that cannot be taken */
  plan(unread: readonly string[]): Plan<UnitValues> {
    return {
      changes: this.#changes,
      unchanged: this.#unchanged,
      faults: this.#faults,
      missing: this.#missing(unread),
      notes: [],
    };
  }

  #blame(draft: Draft, field: string, reason: string): undefined {
    const { labels } = draft.table;
    const named = [field, 'village', 'town'].find((one) => one in labels) ?? field;
    this.#faults.push(faultAt(draft, named, reason));
    return undefined;
  }

  /** undefined: it has none that could be found, which has been said. */
  #parentOf(draft: Draft): Parent | undefined {
    const { level, name } = draft;
    const parentName = unitKey(draft.parentName);
    if (level === 'banner') return this.#banner?.parentId ?? null;
    const field = 'parent' in draft.table.labels ? 'parent' : 'town';
    if (parentName === name) return this.#blame(draft, field, '上级就是它自己，请填它的上一级');
    const above = aboveOf[level];
    if (above.includes('banner')) {
      const banners = this.#byLevel.get('banner') ?? new Map<string, Parent[]>();
      if (parentName !== '' && !banners.has(parentName)) {
        this.#blame(draft, field, local`上级应是旗县${didYouMean(parentName, banners.keys())}，也可以留空`);
        return undefined;
      }
      return this.#banner?.id ?? null;
    }
    return this.#listedAbove(draft, { parentName, field, above });
  }

  /** A town over a village; a town or a village over an outlet. */
  #listedAbove(
    draft: Draft,
    { parentName, field, above }: { parentName: string; field: string; above: readonly ListedLevel[] },
  ): Parent | undefined {
    const what = above.map((level) => listedLevelWords[level]).join('或');
    if (parentName === '') return this.#blame(draft, field, `没有填它属于哪个${what}`);
    const levels = above.map((level) => this.#byLevel.get(level) ?? new Map<string, Parent[]>());
    const [found, another] = levels.flatMap((names) => names.get(parentName) ?? []);
    if (another !== undefined)
      return this.#blame(draft, field, local`有几个“${parentName}”，分不清是哪一个，请填所属苏木乡镇`);
    if (found !== undefined) return found;
    const wrong = this.#wrong.get(parentName);
    if (wrong !== undefined) {
      return this.#blame(draft, field, `它的上级“${parentName}”在${wrong}，那一行有问题，请先改好`);
    }
    const level = listedLevels.find((one) => this.#byLevel.get(one)?.has(parentName));
    if (level !== undefined) {
      const own = listedLevelWords[draft.level];
      return this.#blame(draft, field, `${own}的上级应是${what}，“${parentName}”是${listedLevelWords[level]}`);
    }
    const meant = didYouMean(
      parentName,
      levels.flatMap((names) => [...names.keys()]),
    );
    this.#blame(draft, field, `没有叫“${parentName}”的${what}${meant || '，请核对，或先把它加到单位表里'}`);
    return undefined;
  }

  /** The unit that is meant: by the name it had, else by its name, the banner in any case. */
  #same(draft: Draft, parent: Parent): KnownUnit | undefined {
    if (draft.level === 'banner') return this.#banner;
    return this.#named(draft, { name: draft.formerName, parent }) ?? this.#named(draft, { name: draft.name, parent });
  }

  #named({ level }: Draft, { name, parent }: { name: string; parent: Parent }): KnownUnit | undefined {
    const named = this.#known.filter(
      (unit) => unit.level === level && unit.parentId === parent && unitKey(unit.name) === name,
    );
    return named.find(({ active }) => active) ?? named[0];
  }

  /** A new name is nobody else's, and the old one is there; or has been: the same list may be sent again. */
  #renamesWell(draft: Draft, parent: Parent): boolean {
    const { formerName, name, level } = draft;
    if (formerName === '' || formerName === name || level === 'banner') return true;
    const [former, taken] = [formerName, name].map((one) => this.#named(draft, { name: one, parent }));
    if (former && taken)
      this.#blame(draft, 'formerName', `已经有叫“${name}”的${listedLevelWords[level]}，不能再改成这个名称`);
    else if (!former && !taken) this.#blame(draft, 'formerName', `没有叫“${formerName}”的${listedLevelWords[level]}`);
    else return true;
    return false;
  }

  #numberFits(draft: Draft, unit: KnownUnit | undefined): boolean {
    const { townNumber } = draft;
    if (townNumber === null) return true;
    if (unit && unit.townNumber !== null && unit.townNumber !== townNumber) {
      this.#blame(draft, 'townNumber', `“${unit.name}”的编号是${unit.townNumber}，已经用在代办件上，不能改`);
      return false;
    }
    const holder = this.#numbers.get(townNumber);
    if (holder !== undefined && holder !== unit?.name) {
      // Where the file names both, one was not renamed to the other.
      const renamed = this.#towns.has(unitKey(holder)) ? '' : `；如果是它改了名，请在“原名称”一列填“${holder}”`;
      this.#blame(draft, 'townNumber', `编号${townNumber}已经是“${holder}”的了${renamed}`);
      return false;
    }
    this.#numbers.set(townNumber, draft.name);
    return true;
  }

  #note(draft: Draft, { unit, parent }: { unit: KnownUnit | undefined; parent: Parent }): void {
    const { level, name } = draft;
    const townNumber = level === 'town' ? (draft.townNumber ?? unit?.townNumber ?? null) : null;
    const center = draft.center ?? unit?.center ?? usualCenter(level, name);
    const population = draft.population ?? unit?.population ?? null;
    const nameMongolian = draft.nameMongolian ?? unit?.nameMongolian ?? null;
    const values: UnitValues = { level, name, center, parent, townNumber, population, nameMongolian };
    const differences = unit ? unitDifferences(unit, values) : [];
    if (unit && differences.length === 0) this.#unchanged++;
    else this.#changes.push({ id: unit?.id ?? null, name, values, differences });
    const names = this.#byLevel.get(level);
    if (!names) return;
    if (unit && unitKey(unit.name) !== name) names.delete(unitKey(unit.name));
    const own = unit?.id ?? { level, name };
    if (!names.get(name)?.includes(own)) add(names, name, own);
  }

  /** In use, of a level that the file tells of; a village or an outlet only below a unit that it tells of. */
  #missing(unread: readonly string[]): Missing[] {
    const below = new Set([...this.#rows.values()].map(({ level, parentName }) => `${level}:${unitKey(parentName)}`));
    const nameOf = new Map(this.#known.map((unit) => [unit.id, unitKey(unit.name)]));
    return this.#known
      .filter(({ id, name, level, active, parentId }) => {
        if (!active || this.#listed.has(id) || level === 'banner' || unread.includes(unitKey(name))) return false;
        if (level === 'village' || level === 'outlet') return below.has(`${level}:${nameOf.get(parentId ?? 0) ?? ''}`);
        return listedLevels.some((one) => one === level && this.#levels.has(one));
      })
      .map(({ id, name }) => ({ id, name }));
  }
}

function add(names: Map<string, Parent[]>, name: string, unit: Parent): void {
  names.set(name, [...(names.get(name) ?? []), unit]);
}

function unitDifferences(unit: KnownUnit, values: UnitValues): string[] {
  return [
    ...differencesOf([
      ['名称', unit.name, values.name],
      ['服务场所', unit.center, values.center],
      ['编号', String(unit.townNumber ?? ''), String(values.townNumber ?? '')],
      ['常住人口', String(unit.population ?? ''), String(values.population ?? '')],
    ]),
    ...mongolianDifference(unit.nameMongolian, values.nameMongolian),
    ...(unit.active ? [] : ['重新启用']),
  ];
}

/** A card has no columns from top to bottom: of a name in the traditional script it says only that there is another. */
function mongolianDifference(was: string | null, is: string | null): string[] {
  if (is === null || was === is) return [];
  if (isVerticalScript(is) || isVerticalScript(was ?? '')) return ['蒙古文名称：有改动'];
  return differencesOf([['蒙古文名称', was ?? '', is]]);
}

/** The plan's section 9: 挂“××苏木乡镇便民服务中心”、“××嘎查社区便民服务站”牌子. */
function usualCenter(level: ListedLevel, name: string): string {
  if (level === 'town') return `${name}便民服务中心`;
  if (level === 'village') return `${name}便民服务站`;
  return level === 'banner' ? local`旗政务服务中心` : name;
}
