/** Adds up what the entries say of units, items with their versions, and the roster, and compares the rows with it. */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import { type ItemVersion, itemReads } from '../../../db/repositories/item.ts';
import { rosterReads } from '../../../db/repositories/roster.ts';
import type { UnitRow } from '../../../db/repositories/unit.ts';
import { unitListReads } from '../../../db/repositories/unit-list.ts';
import { FIRST_DAY, untilDays } from '../../domain/item-version.ts';
import type { FaultList, LedgerFault } from './fault.ts';
import { itemFacts, rosterFacts, unitFacts, unitListFacts, versionFacts } from './list-entries.ts';

type Facts = Readonly<Record<string, unknown>>;

export class ListFold {
  /** By id. What a new installation knows of units and items has no entry until somebody changes it. */
  readonly #units = new Map<number, Facts>();
  readonly #items = new Map<number, Facts>();
  readonly #versions = new Map<number, Facts>();
  readonly #roster = new Map<number, Facts>();
  readonly #unitLists = new Map<number, Facts>();

  observe(kind: string, facts: Facts): void {
    if (kind === 'setUnit') {
      const { unitId, ...said } = facts;
      this.#units.set(Number(unitId), said);
    } else if (kind === 'setItem') {
      const { itemId, ...said } = facts;
      this.#items.set(Number(itemId), said);
    } else if (kind === 'setItemVersion' || kind === 'withdrawItemVersion') {
      const { versionId, ...said } = facts;
      const before = this.#versions.get(Number(versionId)) ?? { withdrawnAt: null };
      this.#versions.set(Number(versionId), { ...before, ...said });
    } else if (kind === 'setUnitList' || kind === 'keepListFile') {
      const { listId, ...said } = facts;
      this.#unitLists.set(Number(listId), { ...this.#unitLists.get(Number(listId)), ...said });
    } else if (kind === 'setRoster') {
      const { rosterId, ...said } = facts;
      this.#roster.set(Number(rosterId), said);
    }
  }

  async compare(tx: Tx, { units, faults }: { units: readonly UnitRow[]; faults: FaultList }): Promise<void> {
    const roster = (await rosterReads.all(tx)).map((entry) => ({ id: entry.id, is: rosterFacts(entry) }));
    const items = (await itemReads.names(tx)).map((item) => ({ id: item.id, is: itemFacts(item) }));
    const lists = (await unitListReads.all(tx)).map((list) => ({ id: list.id, is: unitListFacts(list) }));
    const known = units.map((unit) => ({ id: unit.id, is: unitFacts(unit) }));
    const differing = [
      ...problems(this.#units, known).map(({ id, problem }) => ({ about: 'unit' as const, unitId: id, problem })),
      ...problems(this.#items, items).map(({ id, problem }) => ({ about: 'item' as const, itemId: id, problem })),
      ...problems(this.#roster, roster, { all: true }).map(({ id, problem }) => ({
        about: 'roster' as const,
        rosterId: id,
        problem,
      })),
      ...problems(this.#unitLists, lists, { all: true }).map(({ id, problem }) => ({
        about: 'unitList' as const,
        listId: id,
        problem,
      })),
    ] satisfies LedgerFault[];
    for (const fault of differing) faults.add(fault);
    for (const fault of versionFaults(this.#versions, await itemReads.versions(tx))) faults.add(fault);
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

/** Each version has an entry but the first of what a new installation knows; when each ends follows from them all. */
function versionFaults(said: ReadonlyMap<number, Facts>, versions: readonly ItemVersion[]): LedgerFault[] {
  const byItem = new Map<number, ItemVersion[]>();
  for (const version of versions) byItem.set(version.itemId, [...(byItem.get(version.itemId) ?? []), version]);
  const ends = new Map([...byItem.values()].flatMap((ofItem) => [...untilDays(ofItem)]));
  const firsts = new Set([...byItem.values()].map(([first]) => first?.id));
  const faults: LedgerFault[] = [];
  for (const version of versions) {
    const { id, itemId, withdrawnAt, untilDay } = version;
    const facts = said.get(id);
    const about = { about: 'item' as const, itemId };
    const seeded = firsts.has(id) && version.madeBy === null && version.effectiveDay === FIRST_DAY;
    if (facts === undefined && !seeded) faults.push({ ...about, problem: 'no entry' });
    const differs = facts !== undefined && !isDeepStrictEqual({ ...versionFacts(version), withdrawnAt }, { ...facts });
    if (differs || untilDay !== ends.get(id)) faults.push({ ...about, problem: 'differs' });
  }
  const known = new Set(versions.map(({ id }) => id));
  for (const [id, facts] of said) {
    if (!known.has(id)) faults.push({ about: 'item', itemId: Number(facts['itemId']), problem: 'no row' });
  }
  return faults;
}
