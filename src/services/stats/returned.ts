/** 退回补正 behind a figure: the ledger keeps those that were taken back, too, which count nowhere. */
import { caseListReads, type ListedCase } from '../../../db/repositories/case-list.ts';
import { type LedgerRow, ledgerReads } from '../../../db/repositories/ledger.ts';
import type { Reading } from '../../ctx.ts';
import { type ReadEntry, standingEntries } from '../ledger/standing.ts';

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Cases with a return of the stretch that stands, by their last one, the newest first. */
export async function returnedCases(
  ctx: Reading,
  wanted: Parameters<typeof caseListReads.returned>[1],
): Promise<ListedCase[]> {
  // Those that were taken back take no place from the others.
  for (let limit = wanted.limit; ; limit *= 2) {
    const found = await caseListReads.returned(ctx.tx, { ...wanted, limit });
    const standing = await standingReturns(ctx, { ...wanted, ids: found.map(({ id }) => id) });
    const listed = found.filter(({ id }) => standing.has(id));
    if (found.length < limit || listed.length >= wanted.limit) return listed.slice(0, wanted.limit);
  }
}

/** The returns of the stretch that were not taken back, by case. @param of.ids of cases; the others' are not looked for. */
export async function standingReturns(
  ctx: Reading,
  { ids, from, to }: Stretch & { ids: readonly number[] },
): Promise<ReadonlyMap<number, readonly ReadEntry[]>> {
  if (ids.length === 0) return new Map();
  const courses = new Map(ids.map((id) => [id, [] as LedgerRow[]]));
  for (const entry of await ledgerReads.ofCases(ctx.tx, ids)) courses.get(entry.caseId ?? 0)?.push(entry);
  const found = new Map<number, readonly ReadEntry[]>();
  for (const [caseId, course] of courses) {
    const returns = standingEntries(course).filter(({ kind, at }) => kind === 'return' && at >= from && at <= to);
    if (returns.length > 0) found.set(caseId, returns);
  }
  return found;
}
