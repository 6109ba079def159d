/** 事项清单: Annexes 1 and 2 of the plan. An item is known by its 实施编码, never by its place in the list. */

import type { AssistType } from '../case.ts';
import { PROMISED_DAYS_MAX, readMaterials, readPromisedDays } from '../item-version.ts';
import { levelNames } from '../level-names.ts';
import { officeKey } from '../task.ts';
import { normalised } from '../typed.ts';
import { type ItemLevel, itemLevels } from '../unit.ts';
import {
  faultAt,
  faultyRows,
  type ImportTable,
  type PlacedRow,
  partsOf,
  placeWords,
  rowsIn,
  storedFaults,
} from './file.ts';
import { didYouMean } from './nearest.ts';
import { type Change, differencesOf, type Fault, type Missing, type Plan } from './plan.ts';
import { NUMBER_LOST } from './table.ts';
import { unitKey } from './units.ts';

export interface ItemValues {
  readonly code: string;
  /** 序号. */
  readonly number: number | null;
  readonly department: string;
  readonly departmentUnitId: number;
  readonly mainItem: string;
  readonly subItem: string;
  readonly itemType: string;
  readonly levels: readonly ItemLevel[];
  readonly assistType: AssistType;
  /** Promised working days; null: as the setting has it. */
  readonly workingDays: number | null;
  readonly materials: readonly string[];
}

export interface KnownItem extends Omit<ItemValues, 'departmentUnitId'> {
  readonly id: number;
  readonly departmentUnitId: number | null;
  readonly active: boolean;
}

/** Text of 31 or 33 characters, letters included. */
const CODE = /^(?:[0-9A-Z]{31}|[0-9A-Z]{33})$/i;
const TITLE_MAX = 200;
const TYPE_MAX = 20;

const levelWords: readonly (readonly [RegExp, ItemLevel])[] = [
  [/^(?:自治区级?|省级)$/, '自治区级'],
  [/^(?:盟市级?|市级)$/, '盟市级'],
  [/^(?:旗?县级?|旗级|旗县区级)$/, '县级'],
  [/^(?:苏木)?(?:乡?镇级?|乡级)$/, '镇级'],
  [/^(?:嘎查)?(?:社区级?|村级?)$/, '村级'],
];

/** @param known.departments those in use; `planned`: from which day another version of an item is in force, by the item's id */
export function planCatalogue(
  tables: readonly ImportTable[],
  known: Omit<Around, 'items'> & { items: readonly KnownItem[]; planned: ReadonlyMap<number, string> },
): Plan<ItemValues> {
  const faults: Fault[] = [];
  const changes: Change<ItemValues>[] = [];
  const items = new Map(known.items.map((item) => [codeKey(item.code), item]));
  const seen = new Map<string, PlacedRow>();
  let unchanged = 0;
  let withoutDays = 0;
  for (const placed of rowsIn(tables)) {
    const read = readItem(placed, { ...known, items }, faults);
    if (!read) continue;
    const key = codeKey(read.code);
    const first = seen.get(key);
    if (first) {
      faults.push(faultAt(placed, 'code', `实施编码和${placeWords(first)}重复了`));
      continue;
    }
    seen.set(key, placed);
    const item = items.get(key);
    const differences = item ? itemDifferences(item, read) : [];
    const plannedFrom = known.planned.get(item?.id ?? 0);
    if (item && differences.length === 0) unchanged++;
    else if (plannedFrom !== undefined) {
      faults.push(faultAt(placed, 'code', `这个事项已有自${plannedFrom}起的修改，请先发“/事项 名称”撤回它，再导入`));
    } else {
      if (!item && read.workingDays === null) withoutDays++;
      changes.push({ id: item?.id ?? null, name: read.subItem, values: read, differences });
    }
  }
  const notes = withoutDays === 0 ? [] : [withoutDaysNote(withoutDays)];
  const unread = new Set(faultyRows(tables, faults).flatMap((placed) => itemsNamed(placed, known.items)));
  const missing = isPartOfCatalogue(tables) ? [] : missingOf(known.items, { seen, unread });
  return { changes, unchanged, faults, missing, notes };
}

function withoutDaysNote(count: number): string {
  return `${count}个新事项没有写承诺时限，按“设置”里定的天数算。要写，填上“承诺时限”一列再导入，或发“/事项 名称”修改。`;
}

interface Around {
  readonly departments: readonly { id: number; name: string }[];
  readonly items: ReadonlyMap<string, KnownItem>;
}

function readItem(placed: PlacedRow, around: Around, faults: Fault[]): ItemValues | undefined {
  const { cells } = placed.row;
  const before = faults.length;
  faults.push(...storedFaults(placed));
  const stored = placed.row.problems ?? {};
  const blame = (field: string, reason: string) => {
    if (!(field in stored)) faults.push(faultAt(placed, field, reason));
  };
  const typed = normalised(cells['code'] ?? '', 'NFKC').replace(/\s+/gu, '');
  const known = around.items.get(codeKey(typed));
  const code = known?.code ?? typed;
  if (!CODE.test(code)) blame('code', codeFault(code));
  const main = titleOf(cells['mainItem'] ?? cells['item']);
  const sub = titleOf(cells['subItem'] ?? cells['item']);
  if (main === '' && sub === '') blame('subItem' in placed.table.labels ? 'subItem' : 'item', '没有填事项名称');
  if ([main, sub].some((title) => title.length > TITLE_MAX)) blame('subItem', `事项名称太长，最多${TITLE_MAX}个字`);
  const owner = departmentOf({ department: cells['department'] ?? '', departments: around.departments }, (reason) =>
    blame('department', reason),
  );
  const itemType = titleOf(cells['itemType']);
  if (itemType === '' || itemType.length > TYPE_MAX) blame('itemType', '没有填事项类型，如：行政给付');
  const levels = levelsOf(cells['levels'] ?? '', (reason) => blame('levels', reason));
  const assistType = assistTypeOf(cells['assistType'] ?? '');
  if (assistType === undefined) blame('assistType', '应是“本级帮办代办”或“延伸帮办代办”');
  const filled = cells['workingDays'];
  const workingDays = filled === undefined ? known?.workingDays : readPromisedDays(filled);
  if (filled !== undefined && workingDays === undefined) blame('workingDays', `应是1到${PROMISED_DAYS_MAX}的工作日数`);
  const materials = materialsOf(cells['materials'], (reason) => blame('materials', reason));
  if (faults.length > before || !owner || !assistType) return undefined;
  return {
    code,
    number: /^\d{1,5}$/.test(cells['number'] ?? '') ? Number(cells['number']) : (known?.number ?? null),
    department: owner.name,
    departmentUnitId: owner.id,
    mainItem: main || sub,
    subItem: sub || main,
    itemType,
    levels,
    assistType,
    workingDays: workingDays ?? null,
    materials: materials ?? known?.materials ?? [],
  };
}

/** The annex prints some letters small. */
export function codeKey(code: string): string {
  return code.replace(/\s+/gu, '').toUpperCase();
}

function codeFault(code: string): string {
  if (code === '') return '没有填实施编码';
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(code)) return NUMBER_LOST;
  if (/[^0-9A-Z]/i.test(code)) return '实施编码只有数字和字母，请核对';
  return `实施编码有${code.length}位，应是31位或33位，请核对`;
}

/** Lines that a narrow column broke are put together again. */
function titleOf(text: string | undefined): string {
  return (text ?? '').replace(/\s+/gu, '');
}

function departmentOf(
  { department, departments }: Pick<Around, 'departments'> & { department: string },
  blame: (reason: string) => void,
) {
  const wanted = unitKey(department);
  const found = departments.find(({ name }) => unitKey(name) === wanted);
  if (found) return found;
  const names = departments.map(({ name }) => name);
  const alike = names.filter((name) => officeKey(name) === officeKey(wanted));
  const meant = didYouMean(alike[0] ?? wanted, names);
  if (wanted === '') blame('没有填部门');
  else blame(`没有叫“${wanted}”的部门${meant || '，请先把它加到单位表里'}`);
  return undefined;
}

/** Highest first, as the annex prints them. */
function levelsOf(text: string, blame: (reason: string) => void): ItemLevel[] {
  const words = partsOf(text).flatMap((part) => part.split(/\s+/u));
  const levels = new Set<ItemLevel>();
  for (const word of words) {
    const level = levelWords.find(([pattern]) => pattern.test(word))?.[1];
    if (level) levels.add(level);
    else blame(`没有“${word.slice(0, 20)}”这个层级，应是${itemLevels.join('、')}`);
  }
  if (words.length === 0) blame(`没有填实施层级，应是${itemLevels.join('、')}里的一个或几个`);
  return itemLevels.filter((level) => levels.has(level));
}

function assistTypeOf(text: string): AssistType | undefined {
  const word = text.replace(/\s+/gu, '');
  if (/^本级(?:帮办代办)?$/.test(word)) return 'local';
  return /^延伸(?:帮办代办)?$/.test(word) ? 'extended' : undefined;
}

/** undefined when nothing is filled in, or what is cannot be taken. A name of a paper may hold 、, so only lines and semicolons part them. */
function materialsOf(text: string | undefined, blame: (reason: string) => void): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const read = readMaterials(text.replace(/[;；]+/gu, '\n'));
  if (read.ok) return read.materials;
  blame(read.problem);
  return undefined;
}

const assistWords: Readonly<Record<AssistType, string>> = { local: '本级帮办代办', extended: '延伸帮办代办' };

function itemDifferences(item: KnownItem, values: ItemValues): string[] {
  return [
    ...differencesOf([
      ['序号', String(item.number ?? ''), String(values.number ?? '')],
      ['部门', item.department, values.department],
      ['主项名称', item.mainItem, values.mainItem],
      ['子项名称', item.subItem, values.subItem],
      ['事项类型', item.itemType, values.itemType],
      ['实施层级', item.levels.join('、'), values.levels.join('、')],
      ['帮办代办类型', assistWords[item.assistType], assistWords[values.assistType]],
      ['承诺时限', String(item.workingDays ?? ''), String(values.workingDays ?? '')],
      ['材料', item.materials.join('；'), values.materials.join('；')],
    ]),
    ...(item.departmentUnitId === values.departmentUnitId || item.department !== values.department
      ? []
      : [`承办单位改为${values.department}`]),
    ...(item.active ? [] : ['重新启用']),
  ];
}

/** Annex 2, which villages offer, is a part of what towns offer: what it lacks is not gone. */
function isPartOfCatalogue(tables: readonly ImportTable[]): boolean {
  const { town, village } = levelNames();
  return tables.some(({ sheet, title }) => {
    const words = `${sheet}${title}`;
    const ofVillages = /嘎查|社区|村/.test(words) || words.includes(village);
    // 镇 and 街道 stand in names of places, too.
    const isOfTowns = new RegExp(`${town}(?=帮办|代办|政务|便民|事项|清单)`).test(words);
    return ofVillages && !/苏木|乡镇/.test(words) && !isOfTowns;
  });
}

/** What a row that cannot be taken means: the item of its code, else those of its title. */
function itemsNamed({ row: { cells } }: PlacedRow, items: readonly KnownItem[]): KnownItem[] {
  const ofCode = items.filter(({ code }) => codeKey(code) === codeKey(cells['code'] ?? ''));
  const title = titleOf(cells['subItem'] ?? cells['item']);
  return ofCode.length > 0 ? ofCode : items.filter(({ subItem }) => titleOf(subItem) === title);
}

/** In use, and of a department that the file tells of. */
function missingOf(
  items: readonly KnownItem[],
  { seen, unread }: { seen: ReadonlyMap<string, PlacedRow>; unread: ReadonlySet<KnownItem> },
): Missing[] {
  const departments = new Set(items.filter(({ code }) => seen.has(codeKey(code))).map(({ department }) => department));
  return items
    .filter((item) => item.active && !seen.has(codeKey(item.code)) && !unread.has(item))
    .filter(({ department }) => departments.has(department))
    .map(({ id, subItem }) => ({ id, name: subItem }));
}
