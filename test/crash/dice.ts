import fc from 'fast-check';

const THROWS = 4096;

/** Throws that are the same for the same seed; after very many they begin anew. */
export class Dice {
  readonly #throws: readonly number[];
  #next = 0;

  constructor(seed: number) {
    this.#throws = fc.sample(fc.nat(), { seed, numRuns: THROWS });
  }

  /** A whole number from 0 to `below` − 1. */
  below(below: number): number {
    const value = this.#throws[this.#next++ % THROWS] ?? 0;
    return value % below;
  }

  /** One of the list; undefined when it is empty. */
  of<Item>(list: readonly Item[]): Item | undefined {
    return list[this.below(Math.max(1, list.length))];
  }
}
