/**
 * What nearly every step reads several times and hardly anybody changes (units, people, catalogue items, chats) is read once, and
 * again only when it may have changed: after a statement that writes to the table, or when something was undone. On SQLite it is
 * known beyond the transaction, until somebody else has written to the database; on PostgreSQL, where others write all the time, it
 * is read once in each transaction.
 */
import type { Tx } from './client.ts';

const forgottenWhenWritten = ['units', 'agents', 'service_items', 'chats'] as const;
/** What moves with every step; its repository knows where it is now, and says so. */
type Moving = 'ledger_heads' | 'case_sequences';
type Remembered = (typeof forgottenWhenWritten)[number] | Moving;
type Answers = Map<string | number, Promise<unknown>>;

/** Whoever asks for what does not exist (a stranger's id) is remembered, too: so many answers of one table at most. */
const ANSWERS_MAX = 10_000;

/** Answers by table and key. */
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
      if (known && known.size < ANSWERS_MAX) return known;
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

/** What has to be forgotten because of a statement, by its text. */
export function tablesWritten(text: string): Remembered[] {
  // Nearly every statement, and some are long.
  if (text.startsWith('select ')) return [];
  const written = [...text.matchAll(/\b(?:insert into|update|delete from)\s+"(\w+)"/gi)].map(([, table]) => table);
  return forgottenWhenWritten.filter((table) => written.includes(table));
}

/** The answer to `key` (unique within the table's queries), read only if it is not known. Rows are shared: never change one. */
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
  fresh.catch(() => answers.delete(of.key));
  return fresh;
}

/** From now on the answer is this one: for whoever has just changed the row. */
export function rememberAs<Found>(tx: Tx, of: { table: Remembered; key: string | number }, found: Found): void {
  tx.memory.of(of.table).set(of.key, Promise.resolve(found));
}

/** What is known of the table is read again: for whoever wants it as it is now, whatever others have changed. */
export function forget(tx: Tx, table: Remembered): void {
  tx.memory.forget(table);
}
