import type { CaseListRow } from '../../../cards/case-list.ts';
import { type CaseLine, caseListReads } from '../../../db/repositories/case-list.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { isOpen } from '../../domain/case.ts';
import { remainingWorkingDays } from '../../domain/deadline.ts';
import { maskName } from '../../domain/person.ts';
import { ERASED, nameOf } from './secret.ts';

/** These cases as lines of a list, in the order of `ids`. */
export async function caseListRows(ctx: Ctx, ids: readonly number[]): Promise<CaseListRow[]> {
  const rows = [];
  for (const line of await caseListReads.lines(ctx.tx, ids)) rows.push(await caseListRow(ctx, line));
  return rows;
}

export async function caseListRow(ctx: Ctx, line: CaseLine): Promise<CaseListRow> {
  const item = await itemReads.byId(ctx.tx, line.itemId);
  const holder = await unitReads.byId(ctx.tx, line.holderUnitId);
  const name = nameOf(ctx, line);
  // What presses first: while it waits for acceptance that is the acceptance day, afterwards the promised day.
  const dueAt = line.acceptBy ?? line.dueAt;
  const counts = dueAt !== null && isOpen(line.state);
  const me = ctx.actor.kind === 'agent' ? ctx.actor.agent.id : undefined;
  return {
    id: line.id,
    caseNumber: line.caseNumber,
    itemName: item?.subItem ?? '',
    applicant: name === undefined ? ERASED : maskName(name),
    state: line.state,
    dueAt,
    workingDaysLeft: counts ? remainingWorkingDays(dueAt, ctx.now, ctx.zone) : null,
    holderUnit: holder?.center ?? '',
    mine: line.registrarId === me || line.handlerId === me,
  };
}
