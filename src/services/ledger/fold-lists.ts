/** Adds up what the entries say of units, items and the roster, and compares the rows with it. */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { rosterReads } from '../../../db/repositories/roster.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import type { FaultList, LedgerFault } from './fault.ts';
import { itemFacts, rosterFacts, unitFacts } from './list-entries.ts';

type Facts = Readonly<Record<string, unknown>>;

export class ListFold {
  /** By id. What a new installation knows of units and items has no entry until somebody changes it. */
  readonly #units = new Map<number, Facts>();
  readonly #items = new Map<number, Facts>();
  readonly #roster = new Map<number, Facts>();

  observe(kind: string, facts: Facts): void {
    if (kind === 'setUnit') {
      const { unitId, ...said } = facts;
      this.#units.set(Number(unitId), said);
    } else if (kind === 'setItem') {
      const { itemId, ...said } = facts;
      this.#items.set(Number(itemId), said);
    } else if (kind === 'setRoster') {
      const { rosterId, ...said } = facts;
      this.#roster.set(Number(rosterId), said);
    }
  }

  async compare(tx: Tx, { units, faults }: { units: readonly UnitRow[]; faults: FaultList }): Promise<void> {
    const roster = (await rosterReads.all(tx)).map((entry) => ({ id: entry.id, is: rosterFacts(entry) }));
    const items = (await itemReads.all(tx)).map((item) => ({ id: item.id, is: itemFacts(item) }));
    const known = units.map((unit) => ({ id: unit.id, is: unitFacts(unit) }));
    const differing = [
      ...problems(this.#units, known).map(({ id, problem }) => ({ about: 'unit' as const, unitId: id, problem })),
      ...problems(this.#items, items).map(({ id, problem }) => ({ about: 'item' as const, itemId: id, problem })),
      ...problems(this.#roster, roster, { all: true }).map(({ id, problem }) => ({
        about: 'roster' as const,
        rosterId: id,
        problem,
      })),
    ] satisfies LedgerFault[];
    for (const fault of differing) faults.add(fault);
  }
}

type Problem = 'differs' | 'no row' | 'no entry';

/** `all`: every row has an entry. */
function problems(
  said: ReadonlyMap<number, Facts>,
  rows: readonly { id: number; is: Facts }[],
  { all = false }: { all?: boolean } = {},
): { id: number; problem: Problem }[] {
  const found: { id: number; problem: Problem }[] = [];
  for (const { id, is } of rows) {
    const facts = said.get(id);
    if (facts === undefined && all) found.push({ id, problem: 'no entry' });
    if (facts !== undefined && !isDeepStrictEqual({ ...is }, { ...facts })) found.push({ id, problem: 'differs' });
  }
  const known = new Set(rows.map(({ id }) => id));
  for (const id of said.keys()) if (!known.has(id)) found.push({ id, problem: 'no row' });
  return found;
}
