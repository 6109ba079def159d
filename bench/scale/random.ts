/** Chance with a fixed seed: the same number gives the same years of cases on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** A long-tailed time around `mean`. */
  around(mean: number): number;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  /** mulberry32, by Tommy Ettinger (public domain). */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    around: (mean) => -Math.log(1 - next()) * mean,
  };
}

/** Picks by weight; the look-up is prepared once. */
export function weighted<Item>(choices: readonly (readonly [Item, number])[]): (random: Random) => Item {
  const ends: number[] = [];
  let sum = 0;
  for (const [, weight] of choices) {
    sum += weight;
    ends.push(sum);
  }
  return (random) => {
    const at = random.next() * sum;
    const chosen = choices[ends.findIndex((end) => at < end)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen[0];
  };
}
