/**
 * What nearly every step reads several times and hardly anybody changes (units, people, catalogue items, chats) is read once
 * in a transaction. Whoever writes to such a table calls `forget`; what is undone is forgotten by the transaction itself.
 */
import type { Tx } from './client.ts';

type Remembered = 'units' | 'agents' | 'serviceItems' | 'chats' | 'ledgerHeads';

/** The answer to `key` (unique within the table's queries), read at most once in this transaction. Rows are shared: never change one. */
export function remember<Found>(
  tx: Tx,
  of: { table: Remembered; key: string | number },
  read: () => Promise<Found>,
): Promise<Found> {
  const known = tx.memory.get(of.table);
  const answers = known ?? new Map<unknown, Promise<unknown>>();
  if (!known) tx.memory.set(of.table, answers);
  const answer = answers.get(of.key);
  // Guarantee: each query has keys of its own, so what is kept under one is of that query's type.
  if (answer) return answer as Promise<Found>;
  const fresh = read();
  answers.set(of.key, fresh);
  return fresh;
}

/** From now on the answer is this one: for whoever has just changed the row. */
export function rememberAs<Found>(tx: Tx, of: { table: Remembered; key: string | number }, found: Found): void {
  const answers = tx.memory.get(of.table) ?? new Map<unknown, Promise<unknown>>();
  tx.memory.set(of.table, answers);
  answers.set(of.key, Promise.resolve(found));
}

/** The table is about to change: what is known of it is read again. */
export function forget(tx: Tx, table: Remembered): void {
  tx.memory.delete(table);
}
