/**
 * The counters of the invented years by the product's own rules (`src/domain/case-count.ts`, `src/domain/counters.ts`), added up
 * in memory: making them again from the ledger afterwards would take longer than everything else.
 */
import type { CounterRow } from '../../db/repositories/stats.ts';
import type { DayCount } from '../../src/domain/case-count.ts';
import {
  type Counted,
  type CountedCase,
  type CounterKey,
  type CounterName,
  counterKeys,
  counterNames,
  counterPeriods,
  handlerKey,
} from '../../src/domain/counters.ts';

export interface Counting {
  add(record: CountedCase, history: readonly DayCount[]): void;
  /** Hands over every row of the table. */
  rows(take: (row: CounterRow) => void): void;
}

const WIDTH = counterNames.length;
const empty: CounterRow = {
  ...{ unitId: 0, dimension: 'all', key: '', period: '' },
  ...(Object.fromEntries(counterNames.map((name) => [name, 0])) as Record<CounterName, number>),
};
const indexOf = Object.fromEntries(counterNames.map((name, index) => [name, index])) as Record<CounterName, number>;
const SLOTS_OF_A_BLOCK = 65_536;

export function createCounting(): Counting {
  const sums = createSums();
  const daysOfKey = new Map<string, { key: CounterKey; days: Map<string, number> }>();
  const daysOf = (key: CounterKey) => {
    const name = `${key.unitId} ${key.dimension} ${key.key}`;
    const known = daysOfKey.get(name) ?? { key, days: new Map<string, number>() };
    daysOfKey.set(name, known);
    return known.days;
  };
  const addTo = (days: Map<string, number>, day: string, add: Counted) => {
    const added = Object.entries(add) as [CounterName, number][];
    if (added.every(([, more]) => more === 0)) return;
    const slot = days.get(day) ?? sums.newSlot();
    days.set(day, slot);
    for (const [counter, more] of added) sums.add(slot, indexOf[counter], more);
  };
  return {
    add(record, history) {
      for (const key of counterKeys(record)) {
        const days = daysOf(key);
        for (const { day, add } of history) addTo(days, day, add);
      }
      for (const { day, handled } of history) {
        if (handled) addTo(daysOf(handlerKey(handled.by)), day, handled.add);
      }
    },
    rows: (take) => {
      for (const { key, days } of daysOfKey.values()) rowsOfKey({ key, days, sums, take });
    },
  };
}

function rowsOfKey(tally: {
  key: CounterKey;
  days: ReadonlyMap<string, number>;
  sums: Sums;
  take: (row: CounterRow) => void;
}): void {
  const { key, days, sums, take } = tally;
  const periods = new Map<string, number>();
  for (const [day, slot] of days) {
    for (const period of counterPeriods(key.dimension, day)) {
      const sum = periods.get(period) ?? sums.newSlot();
      periods.set(period, sum);
      sums.addSlot(sum, slot);
    }
  }
  for (const [period, slot] of periods) take(sums.toRow(slot, { key, period }));
}

type Sums = ReturnType<typeof createSums>;

/** Millions of small rows of numbers, out of the way of the garbage collector. */
function createSums() {
  const blocks: Int32Array[] = [];
  let slots = 0;
  const blockOf = (slot: number): Int32Array => {
    const at = Math.floor(slot / SLOTS_OF_A_BLOCK);
    const block = blocks[at] ?? new Int32Array(SLOTS_OF_A_BLOCK * WIDTH);
    blocks[at] = block;
    return block;
  };
  const placeOf = (slot: number) => (slot % SLOTS_OF_A_BLOCK) * WIDTH;
  return {
    newSlot: () => slots++,
    add(slot: number, index: number, more: number) {
      const block = blockOf(slot);
      const place = placeOf(slot) + index;
      block[place] = (block[place] ?? 0) + more;
    },
    addSlot(to: number, from: number) {
      const target = blockOf(to);
      const source = blockOf(from);
      const at = placeOf(to);
      const read = placeOf(from);
      for (let index = 0; index < WIDTH; index++)
        target[at + index] = (target[at + index] ?? 0) + (source[read + index] ?? 0);
    },
    toRow(slot: number, { key, period }: { key: CounterKey; period: string }): CounterRow {
      const block = blockOf(slot);
      const at = placeOf(slot);
      const amount = (name: CounterName) => block[at + indexOf[name]] ?? 0;
      // Written out: spreading two objects into a third costs forty times as much, and there are millions.
      const row: CounterRow = { ...empty };
      row.unitId = key.unitId;
      row.dimension = key.dimension;
      row.key = key.key;
      row.period = period;
      for (const name of counterNames) row[name] = amount(name);
      return row;
    },
  };
}
