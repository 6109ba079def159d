/**
 * All tables, once for both engines: the kit says how a kind of column is written there. Every construct exists in both: text,
 * integer, boolean, JSON, plain indexes.
 *
 * Times are milliseconds since the epoch in `…At` columns; `…Day` and `month` are local calendar text (YYYY-MM-DD, YYYY-MM), kept
 * beside them because no date function is common to both engines. Columns named `…Sealed` hold AES-256-GCM text (see
 * `src/vault.ts`); columns named `…Hash` hold keyed hashes for look-up.
 *
 * After a change: `npm run db:generate -- --name what_it_does` (see `docs/DATABASES.md`).
 */
import type { Kit } from './sqlite/kit.ts';
import { caseTables } from './tables/cases.ts';
import { informationTables } from './tables/information.ts';
import { messageTables } from './tables/messages.ts';
import { paperTables } from './tables/papers.ts';
import { peopleTables } from './tables/people.ts';
import { planTables } from './tables/plan.ts';
import { recordTables } from './tables/records.ts';
import { upkeepTables } from './tables/upkeep.ts';

export function tablesOf(kit: Kit) {
  const people = peopleTables(kit);
  const cases = caseTables(kit, people);
  const plan = planTables(kit, people);
  return {
    ...people,
    ...cases,
    ...plan,
    ...paperTables(kit, { ...people, ...cases, ...plan }),
    ...recordTables(kit, people),
    ...informationTables(kit, people),
    ...messageTables(kit, people),
    ...upkeepTables(kit, people),
  };
}

/** The tables as the whole program sees them, whichever engine runs. */
export type Tables = ReturnType<typeof tablesOf>;
