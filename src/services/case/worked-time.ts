import type { CaseRow } from '../../../db/repositories/case.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import type { Reading } from '../../ctx.ts';
import { workedStretches, workingMinutes } from '../../domain/office-hours.ts';

/** Working minutes from the registration to now, without the time the case stood returned. */
export async function workedMinutes(ctx: Reading, record: CaseRow): Promise<number> {
  const steps = record.returnCount === 0 ? [] : await ledgerReads.ofCase(ctx.tx, record.id);
  const stretches = workedStretches(steps, { registeredAt: record.registeredAt, until: ctx.now });
  return workingMinutes(stretches, ctx.zone);
}
