import type { CaseRow } from '../../../db/repositories/case.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import type { Ctx } from '../../ctx.ts';
import { workedMinutes } from '../../domain/office-hours.ts';
import { standingEntries } from '../ledger/standing.ts';
import { localDays } from '../setting/calendar.ts';

/** For how many working minutes the case could have been worked on until now. The ledger is read only where time has stood still. */
export async function minutesUntilNow(ctx: Ctx, record: CaseRow): Promise<number> {
  const { id, registeredAt, returnCount, suspendCount } = record;
  const steps = returnCount + suspendCount === 0 ? [] : standingEntries(await ledgerReads.ofCase(ctx.tx, id));
  return workedMinutes(steps, { ...(await localDays(ctx)), registeredAt, until: ctx.now });
}
