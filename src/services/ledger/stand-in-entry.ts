import type { StandInRow } from '../../../db/repositories/stand-in.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import type { StandInEvent } from '../../domain/ledger.ts';
import { appendLedger } from './append.ts';

/** What the ledger says of a 代班: which two, from which day to which, and when it was ended (ms), if before. */
export function standInFacts({ absentId, standInId, fromDay, toDay, endedAt }: StandInRow) {
  return { absentId, standInId, fromDay, toDay, endedAt };
}

/** Stands in the chain of the highest unit, like all that the ledger says of staff; `standIn` as it is afterwards. */
export async function recordStandIn(
  ctx: Ctx,
  { kind, standIn, unitId }: { kind: StandInEvent; standIn: StandInRow; unitId: number },
): Promise<void> {
  const townId = (await unitReads.lineage(ctx.tx, unitId)).at(-1)?.id ?? unitId;
  const payload = { ...standInFacts(standIn), standInRow: standIn.id };
  await appendLedger(ctx, { townId, caseId: null, kind, payload });
}
