import type { CaseRow } from '../../../db/repositories/case.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import { statsWrites } from '../../../db/repositories/stats.ts';
import type { Ctx } from '../../ctx.ts';
import { countHistory } from '../../domain/case-count.ts';
import { type Counted, type CounterKey, counterKeys, counterNames } from '../../domain/counters.ts';
import type { CaseDossier } from '../case/dossier.ts';
import { countedStep } from './counted-step.ts';

/** Moves all that one case has added to the counters from the keys it had (item, way) to those it has now, day by day. Who dealt with it stays. */
export async function recount(
  ctx: Ctx,
  { before, after }: { before: Pick<CaseDossier, 'record' | 'registeringLine'>; after: CaseRow },
): Promise<void> {
  const line = before.registeringLine;
  const had = counterKeys({ ...before.record, line });
  const has = counterKeys({ ...after, line });
  const left = had.filter((key) => !has.some((other) => isSame(key, other)));
  const joined = has.filter((key) => !had.some((other) => isSame(key, other)));
  if (left.length === 0) return;
  const entries = await ledgerReads.ofCase(ctx.tx, after.id);
  for (const { day, add } of countHistory(entries.map(countedStep), ctx.zone)) {
    await statsWrites.add(ctx.tx, { keys: left, day, add: negated(add) });
    await statsWrites.add(ctx.tx, { keys: joined, day, add });
  }
}

function isSame(one: CounterKey, other: CounterKey): boolean {
  return one.unitId === other.unitId && one.dimension === other.dimension && one.key === other.key;
}

/** What takes the same away again. */
export function negated(add: Counted): Counted {
  return Object.fromEntries(counterNames.flatMap((name) => (add[name] ? [[name, -add[name]]] : [])));
}
