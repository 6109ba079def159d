/** 方案任务: the tasks of a plan, each with whose it is and by when. A task is known by its title, or by its number and nearly the same title. */
import { local } from '../level-names.ts';
import {
  type Responsible,
  responsibleNamed,
  responsibleText,
  responsibleWords,
  type Task,
  type TaskUnit,
} from '../task.ts';
import { normalised } from '../typed.ts';
import { dayFrom } from './day-from.ts';
import { faultAt, type ImportTable, type PlacedRow, placeWords, rowsIn, storedFaults } from './file.ts';
import { didYouMean, nearestName } from './nearest.ts';
import { type Change, differencesOf, type Fault, type Plan } from './plan.ts';

export interface TaskValues {
  readonly number: number;
  readonly title: string;
  readonly responsible: readonly Responsible[];
  readonly dueDay: string | null;
  readonly ongoing: boolean;
}

export interface KnownPlan {
  /** Those that count today. */
  readonly tasks: readonly Task[];
  readonly units: readonly TaskUnit[];
}

const TITLE_MAX = 200;
const NUMBER_MAX = 999;
const TASKS_MAX = 200;
/** 同上, 同第3项, 同3. */
const SAME = /^同(?:上|(?:第|任务)?(\d{1,3})(?:项|条|号)?)$/u;

export function planTasks(tables: readonly ImportTable[], known: KnownPlan): Plan<TaskValues> {
  const rows = rowsIn(tables);
  const reading = new Reading(rows.slice(0, TASKS_MAX), known);
  const surplus = rows[TASKS_MAX];
  if (surplus) reading.faults.push(faultAt(surplus, 'title', `一份方案最多${TASKS_MAX}项任务，从这一行起多了`));
  const taken = new Set<number>();
  const changes: Change<TaskValues>[] = [];
  let unchanged = 0;
  for (const values of reading.tasks()) {
    const before =
      known.tasks.find((task) => !taken.has(task.id) && keyOf(task.title) === keyOf(values.title)) ??
      known.tasks.find((task) => !taken.has(task.id) && isReworded(task, values));
    if (before) taken.add(before.id);
    const differences = before ? differencesTo(before, { values, units: known.units }) : [];
    if (before && differences.length === 0) unchanged += 1;
    else changes.push({ id: before?.id ?? null, name: `${values.number}. ${values.title}`, values, differences });
  }
  const missing = known.tasks
    .filter((task) => !taken.has(task.id) && !reading.faulty.some((values) => isMeant(task, values)))
    .map(({ id, number, title }) => ({ id, name: `${number}. ${title}` }));
  return { changes, unchanged, faults: reading.faults, missing, notes: [] };
}

/** What stands in a row that cannot be taken is not missing. */
function isMeant(task: Task, { number, title }: TaskValues): boolean {
  return task.number === number || keyOf(task.title) === keyOf(title);
}

/** Another task of the same number is no other wording of it: what units said of the one is not said of the other. */
function isReworded(task: Task, { number, title }: TaskValues): boolean {
  return task.number === number && nearestName(title, [task.title]) !== undefined;
}

class Reading {
  readonly faults: Fault[] = [];
  /** Of rows that could not be taken. */
  readonly faulty: TaskValues[] = [];
  readonly #rows: readonly PlacedRow[];
  readonly #known: KnownPlan;

  constructor(rows: readonly PlacedRow[], known: KnownPlan) {
    this.#rows = rows;
    this.#known = known;
  }

  tasks(): TaskValues[] {
    return this.#rows.flatMap((placed, index) => {
      const before = this.faults.length;
      const values = this.#read(placed, index);
      if (this.faults.length === before) return [values];
      this.faulty.push(values);
      return [];
    });
  }

  #read(placed: PlacedRow, index: number): TaskValues {
    const { cells } = placed.row;
    const blame = (field: string, reason: string) => this.faults.push(faultAt(placed, field, reason));
    this.faults.push(...storedFaults(placed));
    const number = this.#numberAt(index);
    if (number === undefined) blame('number', `序号请写1到${NUMBER_MAX}之间的整数`);
    const twin = this.#rows
      .slice(0, index)
      .find((_, place) => number !== undefined && this.#numberAt(place) === number);
    if (twin) blame('number', `和${placeWords(twin)}的序号一样`);
    const title = (cells['title'] ?? '').replace(/\s+/gu, ' ').trim();
    if (title === '') blame('title', '没有填任务');
    if (title.length > TITLE_MAX) blame('title', `任务最多${TITLE_MAX}个字`);
    const { dueDay, ongoing, wrong } = dueFrom(cells);
    if (wrong) blame('due', '没看懂完成时限，请写成 2026-12-31 或 2026年12月底前');
    const responsible = this.#responsible(index);
    return { number: number ?? 0, title, responsible, dueDay, ongoing };
  }

  /** Where no number is filled in, its place. */
  #numberAt(index: number): number | undefined {
    const text = normalised(this.#rows[index]?.row.cells['number'] ?? String(index + 1), 'NFKC').replace(/[.、]$/u, '');
    const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    return number >= 1 ? number : undefined;
  }

  #responsible(index: number): Responsible[] {
    const placed = this.#rows[index];
    if (!placed) return [];
    const blame = (reason: string) => void this.faults.push(faultAt(placed, 'responsible', reason));
    const source = this.#sourceOf(index, blame);
    if (source === undefined) return [];
    const words = responsibleWords(this.#rows[source]?.row.cells['responsible'] ?? '');
    if (words.length === 0) blame(source === index ? '没有填责任单位' : '“同”的那一项没有填责任单位');
    const names = this.#known.units.filter(({ active }) => active).map(({ name }) => name);
    const kept = words.flatMap((word) => {
      const found = responsibleNamed(word, this.#known.units);
      if (found !== undefined) return [found];
      const meant = didYouMean(word, names) || local`，请核对，或先导入单位；各部门一起的写“旗直相关部门”`;
      // Said where it stands, once, and not again for each row that is the same.
      blame(
        source === index
          ? `没有叫“${word.slice(0, 30)}”的单位${meant}`
          : `和第${this.#rowNumber(source)}行一样，那一行的责任单位有问题`,
      );
      return [];
    });
    return [...new Set(kept)];
  }

  /** The row that says whose the task is: 同上 and 同第3项 lead to another. undefined, and blamed: to none. */
  #sourceOf(index: number, blame: (reason: string) => void): number | undefined {
    const way = [index];
    for (;;) {
      const at = way.at(-1) ?? index;
      const same = SAME.exec(normalised(this.#rows[at]?.row.cells['responsible'] ?? '', 'NFKC').replace(/\s+/gu, ''));
      if (!same) return at;
      const [, numbered] = same;
      const next =
        numbered === undefined
          ? at - 1
          : this.#rows.findIndex((_, place) => this.#numberAt(place) === Number(numbered));
      if (next < 0) {
        blame(numbered === undefined ? '上面没有别的任务，请写明责任单位' : `没有第${numbered}项任务，请写明责任单位`);
        return undefined;
      }
      if (way.includes(next)) {
        const rows = way.slice(way.indexOf(next)).map((place) => `第${this.#rowNumber(place)}行`);
        blame(`责任单位绕成了一圈（${[...rows, `第${this.#rowNumber(next)}行`].join('→')}），请在其中一行写明单位`);
        return undefined;
      }
      way.push(next);
    }
  }

  #rowNumber(index: number): number {
    return this.#rows[index]?.row.row ?? 0;
  }
}

/** 2022年12月底前，持续推进 in one cell, or 持续推进 in a column of its own. */
function dueFrom(cells: Readonly<Record<string, string>>): { dueDay: string | null; ongoing: boolean; wrong: boolean } {
  const text = normalised(cells['due'] ?? '', 'NFKC');
  const day = text.replace(/[,;。、\s]*(?:并)?持续推进[。]?/u, '').replace(/[,;。\s]+$/u, '');
  const dueDay = day === '' ? undefined : dayFrom(day, 'last');
  const column = normalised(cells['ongoing'] ?? '', 'NFKC').trim();
  const ongoing = text.includes('持续推进') || /^(?:是|√|✓|y|yes|持续推进|1)$/iu.test(column);
  return { dueDay: dueDay ?? null, ongoing, wrong: day !== '' && dueDay === undefined };
}

function differencesTo(before: Task, { values, units }: { values: TaskValues; units: readonly TaskUnit[] }): string[] {
  return differencesOf([
    ['序号', String(before.number), String(values.number)],
    ['任务', before.title, values.title],
    ['责任单位', responsibleText(before.responsible, units), responsibleText(values.responsible, units)],
    ['完成时限', before.dueDay ?? '', values.dueDay ?? ''],
    ['持续推进', before.ongoing ? '是' : '否', values.ongoing ? '是' : '否'],
  ]);
}

function keyOf(title: string): string {
  return normalised(title, 'NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}
