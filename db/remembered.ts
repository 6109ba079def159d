/**
 * What nearly every step reads several times and hardly anybody changes (units, people, catalogue items, chats) is read once
 * in a transaction. Whoever writes to such a table calls `forget`; what is undone is forgotten by the transaction itself.
 */
import type { Tx } from './client.ts';

type Remembered = 'units' | 'agents' | 'serviceItems' | 'chats' | 'ledgerHeads';
type Answers = Map<string | number, Promise<unknown>>;

/** Answers by table and key, of one transaction after the other. */
export interface Memory {
  of(table: Remembered): Answers;
  forget(table: Remembered): void;
  forgetAll(): void;
}

export function createMemory(): Memory {
  let tables = new Map<Remembered, Answers>();
  return {
    of(table) {
      const known = tables.get(table);
      if (known) return known;
      const answers: Answers = new Map();
      tables.set(table, answers);
      return answers;
    },
    forget: (table) => void tables.delete(table),
    forgetAll() {
      // Not `clear`: V8 links the storage that is cleared to the new one, and once the first of them is old, every later one and
      // the rows in it outlive the small collections: nine tenths of what a search left to them, and pauses of 10 ms.
      tables = new Map();
    },
  };
}

/** The answer to `key` (unique within the table's queries), read at most once in this transaction. Rows are shared: never change one. */
export function remember<Found>(
  tx: Tx,
  of: { table: Remembered; key: string | number },
  read: () => Promise<Found>,
): Promise<Found> {
  const answers = tx.memory.of(of.table);
  const answer = answers.get(of.key);
  // Guarantee: each query has keys of its own, so what is kept under one is of that query's type.
  if (answer) return answer as Promise<Found>;
  const fresh = read();
  answers.set(of.key, fresh);
  return fresh;
}

/** From now on the answer is this one: for whoever has just changed the row. */
export function rememberAs<Found>(tx: Tx, of: { table: Remembered; key: string | number }, found: Found): void {
  tx.memory.of(of.table).set(of.key, Promise.resolve(found));
}

/** The table is about to change: what is known of it is read again. */
export function forget(tx: Tx, table: Remembered): void {
  tx.memory.forget(table);
}
