/**
 * Queries that are built once per connection: putting a query into words costs drizzle many times what running it costs the
 * database. For the handful that every delivery runs; the rest stay written as they are.
 */
import type { Query, Tx } from './database.ts';

/** What is built with `sql.placeholder` and `.prepare()`, kept as long as its connection. */
export function prepared<Built>(build: (tx: Tx) => Built): (tx: Tx) => Built {
  const kept = new WeakMap<Query, Built>();
  return (tx) => {
    const known = kept.get(tx.q);
    if (known !== undefined) return known;
    const built = build(tx);
    kept.set(tx.q, built);
    return built;
  };
}
