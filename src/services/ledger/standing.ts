import type { LedgerRow } from '../../../db/repositories/ledger.ts';
import { standingSteps } from '../../domain/undo.ts';
import { factsOf } from './facts.ts';

/** An entry with its facts read. */
export type ReadEntry<Row extends Pick<LedgerRow, 'payload'> = LedgerRow> = Omit<Row, 'payload'> & {
  readonly payload: Readonly<Record<string, unknown>>;
};

/** The entries of one case that have not been taken back, oldest first. */
export function standingEntries<Row extends Pick<LedgerRow, 'kind' | 'payload'>>(
  rows: readonly Row[],
): ReadEntry<Row>[] {
  return standingSteps(rows.map((row) => ({ ...row, payload: factsOf(row) })));
}
