/** Adds up what the entries say of 抽查回访 and compares the rows with it. */
import type { Tx } from '../../../db/database.ts';
import { followUpCheckReads } from '../../../db/repositories/follow-up-check.ts';
import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import { factsOf } from './facts.ts';
import type { FaultList } from './fault.ts';

/** What was found; null while it was only drawn. */
type Found = { readonly result: unknown; readonly at: number; readonly by: number } | null;

export class CheckFold {
  /** By the ids of cases. */
  readonly #said = new Map<number, Found>();

  observe(entry: LedgerRow): void {
    if (entry.kind === 'drawChecks') {
      const { caseIds } = factsOf(entry);
      // A check stands in another chain than its draw, and may have been read before it.
      for (const caseId of Array.isArray(caseIds) ? caseIds : []) {
        if (!this.#said.has(Number(caseId))) this.#said.set(Number(caseId), null);
      }
    } else if (entry.kind === 'check' && entry.caseId !== null) {
      this.#said.set(entry.caseId, { result: factsOf(entry)['result'], at: entry.at, by: Number(entry.actorId) });
    }
  }

  async compare(tx: Tx, faults: FaultList): Promise<void> {
    const rows = await followUpCheckReads.all(tx);
    for (const { caseId, result, checkedAt, checkedById } of rows) {
      const about = { about: 'check' as const, caseId };
      const said = this.#said.get(caseId);
      if (said === undefined) faults.add({ ...about, problem: 'no entry' });
      else if (
        result !== (said?.result ?? null) ||
        checkedAt !== (said?.at ?? null) ||
        checkedById !== (said?.by ?? null)
      )
        faults.add({ ...about, problem: 'differs' });
    }
    const known = new Set(rows.map(({ caseId }) => caseId));
    for (const caseId of this.#said.keys()) {
      if (!known.has(caseId)) faults.add({ about: 'check', caseId, problem: 'no row' });
    }
  }
}
