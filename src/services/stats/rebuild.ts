import { type CaseRow, caseReads } from '../../../db/repositories/case.ts';
import { ledgerReads, ledgerWrites } from '../../../db/repositories/ledger.ts';
import { settingWrites } from '../../../db/repositories/setting.ts';
import { type CounterRow, statsReads, statsWrites } from '../../../db/repositories/stats.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Reading } from '../../ctx.ts';
import { type CountedStep, countHistory } from '../../domain/case-count.ts';
import {
  type Counted,
  type CounterKey,
  type CounterName,
  counterKeys,
  counterNames,
  counterPeriods,
  type Dimension,
  dimensions,
  handlerKey,
} from '../../domain/counters.ts';
import { countedStep } from './counted-step.ts';

type Rebuilding = Pick<Reading, 'tx' | 'zone'>;

/** One counter that is not what cases and ledger say. */
export interface CounterDifference {
  readonly unitId: number;
  readonly dimension: Dimension;
  readonly key: string;
  readonly period: string;
  readonly name: CounterName;
  readonly kept: number;
  readonly counted: number;
}

export interface RebuildResult {
  readonly cases: number;
  readonly rows: number;
  readonly differences: number;
}

const PAGE = 500;
const SETTING = 'counters';
/** Rises when the counters change their meaning or their keys: then the next start makes them again. */
const VERSION = 6;

/**
 * Makes the counters from the ledger when they are of another version of the program. For the start, before anything is dealt
 * with. `onRemake` is told beforehand when an earlier version's are replaced: a million cases take minutes.
 */
export async function ensureCounters(ctx: Rebuilding, how: { readonly onRemake?: () => void } = {}): Promise<void> {
  const made = await settingWrites.take(ctx.tx, SETTING);
  if (made === VERSION) return;
  if (made !== undefined) how.onRemake?.();
  await rebuildCounters(ctx, { write: true });
  await settingWrites.set(ctx.tx, { key: SETTING, value: VERSION });
}

/**
 * Counts everything again from cases and ledger, unit by unit, and tells each counter that differs. With `write` the counters
 * are replaced in this transaction, which then holds up every step: it takes the end of each chain, as each step does.
 * Keeps in memory the days of one village, its town and the banner, whatever the number of cases; and the days of everybody who
 * dealt with cases, because those of any unit may have.
 */
export async function rebuildCounters(
  ctx: Rebuilding,
  options: { write: boolean; onDifference?: (difference: CounterDifference) => void },
): Promise<RebuildResult> {
  if (options.write) await ledgerWrites.takeHeads(ctx.tx);
  const units = await unitReads.all(ctx.tx);
  const tallies: Tallies = { registered: new Map(), handled: new Map() };
  const result = { cases: 0, rows: 0, differences: 0 };
  const settle = async (unitId: number, tally: Tally | undefined, kept: readonly Dimension[]) => {
    const rows = rowsOf(unitId, tally);
    result.rows += rows.length;
    const ofUnit = { unitId, dimensions: kept };
    for (const difference of differencesOf(await statsReads.ofUnit(ctx.tx, ofUnit), rows)) {
      result.differences += 1;
      options.onDifference?.(difference);
    }
    if (!options.write) return;
    await statsWrites.deleteUnit(ctx.tx, ofUnit);
    await statsWrites.insert(ctx.tx, rows);
  };
  for (const unit of deepestFirst(units)) {
    result.cases += await countUnit(ctx, { unit, units, tallies });
    await settle(unit.id, tallies.registered.get(unit.id), registeredDimensions);
    tallies.registered.delete(unit.id);
  }
  for (const { id } of units) await settle(id, tallies.handled.get(id), ['handler']);
  return result;
}

const registeredDimensions = dimensions.filter((dimension) => dimension !== 'handler');

/** Days of one unit: dimension, key and day as one text → amounts in the order of `counterNames`. */
type Tally = Map<string, number[]>;

/** By unit: what it and those below it registered, and what was dealt with there. */
interface Tallies {
  readonly registered: Map<number, Tally>;
  readonly handled: Map<number, Tally>;
}

/** Every unit after those below it. */
function deepestFirst(units: readonly UnitRow[]): UnitRow[] {
  const below = (parentId: number | null): UnitRow[] =>
    units.filter((unit) => unit.parentId === parentId).flatMap((unit) => [...below(unit.id), unit]);
  return below(null);
}

/** Adds the cases that the unit registered to the tallies of its line and of whoever dealt with them. Returns how many they are. */
async function countUnit(
  ctx: Rebuilding,
  { unit, units, tallies }: { unit: UnitRow; units: readonly UnitRow[]; tallies: Tallies },
): Promise<number> {
  const line = lineOf(unit.id, units);
  let cases = 0;
  let after = { registeredAt: Number.MIN_SAFE_INTEGER, id: 0 };
  for (;;) {
    const page = await caseReads.registeredAt(ctx.tx, { unitId: unit.id, after, limit: PAGE });
    const courses = await coursesOf(ctx, page);
    for (const record of page) {
      const history = countHistory(courses.get(record.id) ?? [], ctx.zone);
      for (const key of counterKeys({ ...record, line })) {
        const tally = tallyOf(tallies.registered, key.unitId);
        for (const { day, add } of history) addTo(tally, { key, day, add });
      }
      for (const { day, handled } of history) {
        if (!handled) continue;
        const key = handlerKey(handled.by);
        addTo(tallyOf(tallies.handled, key.unitId), { key, day, add: handled.add });
      }
    }
    cases += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return cases;
    after = { registeredAt: last.registeredAt, id: last.id };
  }
}

async function coursesOf(ctx: Rebuilding, page: readonly CaseRow[]): Promise<Map<number, CountedStep[]>> {
  const ids = page.map((record) => record.id);
  const courses = new Map<number, CountedStep[]>(ids.map((id) => [id, []]));
  for (const entry of await ledgerReads.ofCases(ctx.tx, ids)) {
    courses.get(entry.caseId ?? 0)?.push(countedStep(entry));
  }
  return courses;
}

function tallyOf(tallies: Map<number, Tally>, unitId: number): Tally {
  const tally = tallies.get(unitId) ?? new Map<string, number[]>();
  tallies.set(unitId, tally);
  return tally;
}

function addTo(tally: Tally, { key, day, add }: { key: CounterKey; day: string; add: Counted }): void {
  const at = `${key.dimension} ${key.key} ${day}`;
  const amounts = tally.get(at) ?? counterNames.map(() => 0);
  let counted = false;
  for (const [index, name] of counterNames.entries()) {
    const more = add[name] ?? 0;
    if (more === 0) continue;
    amounts[index] = (amounts[index] ?? 0) + more;
    counted = true;
  }
  if (counted) tally.set(at, amounts);
}

/** The rows of days, months and totals that the tally makes. */
function rowsOf(unitId: number, tally: Tally = new Map()): CounterRow[] {
  const rows = new Map<string, CounterRow>();
  for (const [at, amounts] of tally) {
    const [word = '', key = '', day = ''] = at.split(' ');
    const dimension = dimensions.find((candidate) => candidate === word);
    if (dimension === undefined) throw new Error(`not a dimension: ${word}`);
    for (const period of counterPeriods(dimension, day)) {
      const id = `${dimension} ${key} ${period}`;
      const before = rows.get(id);
      const sums = counterNames.map((name, index) => [name, (before?.[name] ?? 0) + (amounts[index] ?? 0)]);
      rows.set(id, { ...(Object.fromEntries(sums) as Record<CounterName, number>), unitId, dimension, period, key });
    }
  }
  return [...rows.values()];
}

function* differencesOf(kept: readonly CounterRow[], counted: readonly CounterRow[]): Generator<CounterDifference> {
  const idOf = ({ dimension, key, period }: CounterRow) => `${dimension} ${key} ${period}`;
  const keptById = new Map(kept.map((row) => [idOf(row), row]));
  const countedById = new Map(counted.map((row) => [idOf(row), row]));
  for (const row of [...counted, ...kept.filter((one) => !countedById.has(idOf(one)))]) {
    const { unitId, dimension, key, period } = row;
    for (const name of counterNames) {
      const was = keptById.get(idOf(row))?.[name] ?? 0;
      const is = countedById.get(idOf(row))?.[name] ?? 0;
      if (was !== is) yield { unitId, dimension, key, period, name, kept: was, counted: is };
    }
  }
}
