/** Adds up what the entries say of who stood in for whom, and compares the rows with it. */
import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../../db/database.ts';
import { standInReads } from '../../../db/repositories/stand-in.ts';
import type { FaultList } from './fault.ts';
import { standInFacts } from './stand-in-entry.ts';

type Facts = Readonly<Record<string, unknown>>;

export class StandInFold {
  /** By the rows' ids. */
  readonly #said = new Map<number, Facts>();

  observe({ standInRow, ...said }: Facts): void {
    this.#said.set(Number(standInRow), said);
  }

  async compare(tx: Tx, faults: FaultList): Promise<void> {
    const rows = await standInReads.all(tx);
    for (const row of rows) {
      const about = { about: 'standIn' as const, standInId: row.id };
      const said = this.#said.get(row.id);
      if (!said) faults.add({ ...about, problem: 'no entry' });
      else if (!isDeepStrictEqual({ ...standInFacts(row) }, { ...said })) faults.add({ ...about, problem: 'differs' });
    }
    const known = new Set(rows.map(({ id }) => id));
    for (const standInId of this.#said.keys()) {
      if (!known.has(standInId)) faults.add({ about: 'standIn', standInId, problem: 'no row' });
    }
  }
}
