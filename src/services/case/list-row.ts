import type { CaseListRow } from '../../../cards/case-list.ts';
import { type CaseLine, caseListReads } from '../../../db/repositories/case-list.ts';
import type { Reading, Staff } from '../../ctx.ts';
import { isOpen, standsStill } from '../../domain/case.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import type { LocalDays } from '../../domain/working-calendar.ts';
import { localDays } from '../setting/calendar.ts';
import { errandName } from './errand.ts';
import { maskedNameOf } from './secret.ts';

interface Whose {
  /** One person has asked for the list, so that it may speak of today. */
  readonly justAsked: boolean;
  /** Whose own cases are marked, and those of the colleagues that one stands in for. */
  readonly asker?: Staff | undefined;
}

/** These cases as lines of a list, in the order of `ids`. */
export async function caseListRows(
  ctx: Reading,
  { ids, ...whose }: Whose & { ids: readonly number[] },
): Promise<CaseListRow[]> {
  const lines = await caseListReads.lines(ctx.tx, ids);
  const { calendar } = await localDays(ctx);
  return lines.map((line) => caseListRow({ ...ctx, calendar }, { ...whose, line }));
}

function suspensionOf({ suspendedAt, suspendReason }: CaseLine): CaseListRow['suspension'] {
  return suspendedAt === null || suspendReason === null ? null : { since: suspendedAt, reason: suspendReason };
}

export function caseListRow(
  ctx: Reading & LocalDays,
  { line, justAsked, asker }: Whose & { line: CaseLine },
): CaseListRow {
  // What presses first: while it waits for acceptance that is the acceptance day, afterwards the promised day.
  const dueAt = line.acceptBy ?? line.dueAt;
  const counts = dueAt !== null && isOpen(line.state);
  return {
    id: line.id,
    caseNumber: line.caseNumber,
    itemName: errandName(ctx, line),
    applicant: maskedNameOf(ctx, line),
    state: line.state,
    dueAt,
    overdue: counts && !standsStill(line.state) && dueAt < ctx.now,
    workingDaysLeft: counts && justAsked ? remainingWorkingDays(dueAt, ctx.now, ctx) : null,
    holderUnit: line.holderUnit,
    suspension: suspensionOf(line),
    inHandsOf: inHandsOf(line, asker),
    tail: null,
    turn: null,
    rectifyBy: null,
    visitor: line.visitor,
  };
}

function inHandsOf({ keeperId, handlerId }: CaseLine, asker: Staff | undefined): CaseListRow['inHandsOf'] {
  const hasIt = ({ id }: Staff['agent']) => id === keeperId || id === handlerId;
  if (!asker) return null;
  if (hasIt(asker.agent)) return 'asker';
  const absent = asker.standsInFor?.find(({ agent }) => hasIt(agent));
  return absent ? { absent: absent.agent.name } : null;
}
