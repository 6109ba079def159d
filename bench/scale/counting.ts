/** The counters of the invented years, by the rules of `src/services/stats/count.ts`, summed up in memory. */
import { type CounterName, type CounterRow, counterNames } from '../../db/repositories/stats.ts';
import { ALL_CASES, departmentDimension } from '../../src/services/stats/count.ts';

interface Counted {
  readonly unitIds: readonly number[];
  readonly item: { readonly departmentUnitId: number | null };
  readonly day: string;
  readonly add: Partial<Record<CounterName, number>>;
}

export function createCounting(): { add(event: Counted): void; rows(): Iterable<CounterRow> } {
  const sums = new Map<string, CounterRow>();
  const zero = Object.fromEntries(counterNames.map((name) => [name, 0])) as Record<CounterName, number>;
  return {
    add({ unitIds, item, day, add }) {
      const added = Object.entries(add) as [CounterName, number][];
      if (added.every(([, more]) => more === 0)) return;
      const dimensions = [ALL_CASES];
      if (item.departmentUnitId !== null) dimensions.push(departmentDimension(item.departmentUnitId));
      for (const unitId of unitIds) {
        for (const dimension of dimensions) {
          const key = `${unitId}:${dimension}:${day}`;
          const row = sums.get(key) ?? { unitId, dimension, day, ...zero };
          sums.set(key, row);
          for (const [name, more] of added) row[name] += more;
        }
      }
    },
    rows: () => sums.values(),
  };
}
