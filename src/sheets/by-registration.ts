/** The order of a ledger's cases: by registration, oldest first, then by id. */
interface Registered {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly registeredAt: number;
}

export interface ByRegistration {
  add(cases: readonly Registered[]): void;
  /** The ids of `count` cases behind the first `skip`. */
  ids(page: { skip: number; count: number }): number[];
}

const DAY_MS = 86_400_000;

/** Collects cases by day, and sorts only the days it is asked for: a hundred thousand at once would keep others waiting. */
export function byRegistration(): ByRegistration {
  const days = new Map<number, Registered[]>();
  return {
    add(cases) {
      for (const one of cases) {
        const day = Math.floor(one.registeredAt / DAY_MS);
        const ofDay = days.get(day);
        if (ofDay) ofDay.push(one);
        else days.set(day, [one]);
      }
    },
    ids({ skip, count }) {
      const ids: number[] = [];
      let passed = 0;
      for (const [, ofDay] of [...days].sort(([one], [other]) => one - other)) {
        const begin = Math.max(0, skip - passed);
        const end = skip + count - passed;
        passed += ofDay.length;
        if (begin >= ofDay.length || end <= 0) continue;
        ofDay.sort((a, b) => a.registeredAt - b.registeredAt || a.id - b.id);
        for (const { id } of ofDay.slice(begin, end)) ids.push(id);
      }
      return ids;
    },
  };
}
