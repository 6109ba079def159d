/** 常用叫法: what people call the items of the catalogue, e.g. 低保. The names of an item are all those that the list gives it. */
import { folded } from '../catalogue.ts';
import { everydayNames } from '../everyday-names.ts';
import { normalised } from '../typed.ts';
import { codeKey } from './catalogue.ts';
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
import { type Change, differencesOf, type Fault, type Plan } from './plan.ts';

export interface NamedItem {
  readonly id: number;
  readonly code: string;
  readonly mainItem: string;
  readonly subItem: string;
  /** Those that an earlier list gave it. */
  readonly commonNames: readonly string[] | null;
}

export interface NameValues {
  readonly commonNames: readonly string[];
}

const NAME_MAX = 20;
const NAMES_MAX = 20;

/** @param items those in use */
export function planNames(tables: readonly ImportTable[], items: readonly NamedItem[]): Plan<NameValues> {
  const faults: Fault[] = [];
  const given = new Map<NamedItem, string[]>();
  const rows = rowsIn(tables).flatMap((placed) => readNames(placed, items, faults) ?? []);
  for (const row of withoutShared(rows, { items, faults })) {
    const together = (item: NamedItem) => [...new Set([...(given.get(item) ?? []), ...row.names])];
    const full = row.items.find((item) => together(item).length > NAMES_MAX);
    if (full) faults.push(faultAt(row.placed, 'names', surplusWords(full, together(full).length)));
    else for (const item of row.items) given.set(item, together(item));
  }
  const changes: Change<NameValues>[] = [];
  let unchanged = 0;
  for (const [item, commonNames] of given) {
    const differences = differencesOf([['叫法', (item.commonNames ?? []).join('、'), commonNames.join('、')]]);
    if (differences.length === 0) unchanged++;
    else changes.push({ id: item.id, name: item.subItem, values: { commonNames }, differences });
  }
  const unread = faultyRows(tables, faults).flatMap(({ row }) => {
    const meant = itemsMeant(row.cells, items);
    return 'field' in meant ? [] : meant;
  });
  const missing = items
    .filter((item) => (item.commonNames ?? []).length > 0 && !given.has(item) && !unread.includes(item))
    .map((item) => ({ id: item.id, name: `${item.subItem}的叫法${(item.commonNames ?? []).join('、')}` }));
  return { changes, unchanged, faults, missing, notes: [] };
}

function surplusWords({ subItem }: NamedItem, count: number): string {
  return `“${subItem}”到这一行有${count}个叫法，一个事项最多${NAMES_MAX}个`;
}

/** A row that has been read. */
interface GivenNames {
  readonly placed: PlacedRow;
  readonly items: readonly NamedItem[];
  readonly names: readonly string[];
}

/** Rows whose names are no other item's: by a name of two items nobody would find the one that was meant. Those of the others are blamed. */
function withoutShared(
  rows: readonly GivenNames[],
  { items, faults }: { items: readonly NamedItem[]; faults: Fault[] },
): GivenNames[] {
  const listed = new Set(rows.flatMap((row) => row.items));
  const before = new Map<string, GivenNames>();
  return rows.filter((row) => {
    const problems = row.names.flatMap((name) => {
      const key = folded(name);
      const first = before.get(key);
      if (first?.items.some((item) => !row.items.includes(item))) {
        return [`“${name}”在${placeWords(first.placed)}已经给了“${first.items[0]?.subItem}”，一个叫法只能给一个事项`];
      }
      if (row.items.some((item) => goesBy(item, { key, listed }))) return [];
      const other = items.find((item) => !row.items.includes(item) && goesBy(item, { key, listed }));
      return other ? [`“${name}”已经是“${other.subItem}”的叫法，请换一个叫法`] : [];
    });
    for (const problem of problems) faults.push(faultAt(row.placed, 'names', problem));
    if (problems.length === 0) for (const name of row.names) before.set(folded(name), row);
    return problems.length === 0;
  });
}

/** Of an item that the list names only what everybody calls it: the list gives it all others anew. */
function goesBy(item: NamedItem, { key, listed }: { key: string; listed: ReadonlySet<NamedItem> }): boolean {
  const known = listed.has(item) ? { ...item, commonNames: null } : item;
  return everydayNames(known).some((name) => folded(name) === key);
}

function readNames(placed: PlacedRow, items: readonly NamedItem[], faults: Fault[]): GivenNames | undefined {
  const { cells } = placed.row;
  const before = faults.length;
  faults.push(...storedFaults(placed));
  const blame = (field: string, reason: string) => faults.push(faultAt(placed, field, reason));
  const names = partsOf(cells['names'] ?? '');
  if (names.length === 0) blame('names', '没有填叫法');
  const long = names.find((name) => name.length > NAME_MAX);
  if (long !== undefined) blame('names', `“${long.slice(0, NAME_MAX)}…”太长，一个叫法最多${NAME_MAX}个字`);
  const found = itemsMeant(cells, items);
  if (typeof found === 'object' && 'field' in found) blame(found.field, found.reason);
  if (faults.length > before || 'field' in found) return undefined;
  return { placed, items: found, names };
}

/** By code where there is one; a title may be that of several items. */
function itemsMeant(
  cells: Readonly<Record<string, string>>,
  items: readonly NamedItem[],
): NamedItem[] | { field: string; reason: string } {
  const { code } = cells;
  if (code !== undefined) {
    const ofCode = items.filter((item) => codeKey(item.code) === codeKey(code));
    return ofCode.length > 0 ? ofCode : { field: 'code', reason: '清单里没有这个实施编码，请核对' };
  }
  const title = keyOf(cells['item'] ?? '');
  if (title === '') return { field: 'item', reason: '没有填事项名称' };
  const named = items.filter((item) => keyOf(item.subItem) === title || keyOf(item.mainItem) === title);
  if (named.length > 0) return named;
  const titles = items.map(({ subItem }) => subItem);
  const meant = didYouMean(cells['item'] ?? '', titles) || '，请照清单里的名称填';
  return { field: 'item', reason: `清单里没有叫“${(cells['item'] ?? '').slice(0, 40)}”的事项${meant}` };
}

function keyOf(title: string): string {
  return normalised(title, 'NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}
