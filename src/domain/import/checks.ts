/** 检查项目 (七有): a list of checks that takes the place of the present one as a whole, from a day on. */
import { CHECKS_MAX, type Check, type CheckList, listOn } from '../readiness.ts';
import { normalised } from '../typed.ts';
import { dayFrom } from './day-from.ts';
import { faultAt, type ImportTable, type PlacedRow, rowsIn, storedFaults } from './file.ts';
import { type Change, differencesOf, type Fault, type Plan } from './plan.ts';

export interface CheckListValues {
  readonly name: string;
  /** YYYY-MM-DD */
  readonly fromDay: string;
  readonly checks: readonly Check[];
}

const CHECK_NAME_MAX = 20;
const HINT_MAX = 200;
const LIST_NAME_MAX = 20;
const DEFAULT_NAME = '检查项目';

/** A list with a fault in it is not taken at all: half of it would seem to be the whole. */
export function planChecks(
  tables: readonly ImportTable[],
  known: { readonly lists: readonly CheckList[]; readonly today: string },
): Plan<CheckListValues> {
  const rows = rowsIn(tables);
  const faults: Fault[] = [];
  const checks = rows.flatMap((placed, index) => readCheck(placed, { before: rows.slice(0, index), faults }));
  const fromDay = fromDayOf(rows, { today: known.today, faults });
  const name = nameOf(tables);
  const present = listOn(known.lists, fromDay);
  const values = { name, fromDay, checks };
  if (faults.length > 0 || checks.length === 0)
    return { changes: [], unchanged: 0, faults, missing: [], notes: notTaken };
  const differences = differencesTo(present, values);
  if (differences.length === 0) return { changes: [], unchanged: checks.length, faults, missing: [], notes: [] };
  const change: Change<CheckListValues> = { id: present?.id ?? null, name, values, differences };
  return {
    changes: [change],
    unchanged: 0,
    faults,
    missing: [],
    notes: [`从${fromDay}起用这份清单，共${checks.length}项。`],
  };
}

const notTaken = ['这份清单是整份替换的：请把有问题的行改好，再整份发来。'];

function readCheck(placed: PlacedRow, { before, faults }: { before: readonly PlacedRow[]; faults: Fault[] }): Check[] {
  const { cells } = placed.row;
  const stored = storedFaults(placed);
  const blame = (field: string, reason: string) => faults.push(faultAt(placed, field, reason));
  faults.push(...stored);
  const name = keyOf(cells['name'] ?? '');
  const hint = cells['hint'] ?? '';
  if (name === '') blame('name', '没有填检查项目');
  if (name.length > CHECK_NAME_MAX) blame('name', `检查项目最多${CHECK_NAME_MAX}个字，要说的写在“说明”里`);
  if (hint.length > HINT_MAX) blame('hint', `说明最多${HINT_MAX}个字`);
  const twin = before.find(({ row }) => name !== '' && keyOf(row.cells['name'] ?? '') === name);
  if (twin) blame('name', `和第${twin.row.row}行重复`);
  if (before.length === CHECKS_MAX) blame('name', `一份清单最多${CHECKS_MAX}项，从这一行起多了`);
  return stored.length === 0 ? [{ name, hint }] : [];
}

/** 有办事指南 is 办事指南, as the plan lists them with 有 in front. */
function keyOf(name: string): string {
  return normalised(name, 'NFKC')
    .replace(/\s+/gu, '')
    .replace(/^有(?=.{2})/u, '')
    .replace(/[。;,]+$/u, '');
}

function fromDayOf(rows: readonly PlacedRow[], { today, faults }: { today: string; faults: Fault[] }): string {
  const given = rows.filter(({ row }) => row.cells['from'] !== undefined);
  const days = given.map((placed) => ({ placed, day: dayFrom(placed.row.cells['from'] ?? '', 'first') }));
  for (const { placed, day } of days) {
    if (day === undefined) faults.push(faultAt(placed, 'from', '没看懂这个日期，请写成 2027-01-01 这样'));
    else if (day < today)
      faults.push(faultAt(placed, 'from', `启用日期不能早于今天（${today}）：以前的检查结果按原来的清单算`));
    else if (day !== days[0]?.day)
      faults.push(faultAt(placed, 'from', '启用日期只能有一个，请和第一行写成一样，或者留空'));
  }
  return days[0]?.day ?? today;
}

function nameOf(tables: readonly ImportTable[]): string {
  const title = tables.map((table) => table.title.trim()).find((text) => text !== '') ?? '';
  const word = /[七八九十\d]+有/u.exec(title)?.[0];
  return word ?? (title !== '' && title.length <= LIST_NAME_MAX ? title : DEFAULT_NAME);
}

function differencesTo(present: CheckList | undefined, values: CheckListValues): string[] {
  const namesOf = (checks: readonly Check[]) => checks.map(({ name }) => name).join('、');
  const hintsOf = (checks: readonly Check[]) => checks.map(({ hint }) => hint).join('；');
  return differencesOf([
    ['名称', present?.name ?? '', values.name],
    ['项目', namesOf(present?.checks ?? []), namesOf(values.checks)],
    ['说明', hintsOf(present?.checks ?? []), hintsOf(values.checks)],
  ]);
}
