/** Chance that is the same at every start. */
export interface Dice {
  /** [0, 1) */
  roll(): number;
  /** A whole number from..to, both included. */
  between(from: number, to: number): number;
  pick<Item>(all: readonly [Item, ...Item[]]): Item;
}

/** The mulberry32 generator: enough to invent errands by. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(roll() * (to - from + 1));
  return { roll, between, pick: (all) => all[between(0, all.length - 1)] ?? all[0] };
}
