import { agentReads } from '../../../db/repositories/agent.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, requireStaff, type Staff, today } from '../../ctx.ts';
import { monthPeriod, type Period } from '../../domain/period.ts';
import { may, onBehalfOf, type Subject } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';

/** A town's report of a month, as buttons name it. */
export interface ReportPlace {
  readonly townId: number;
  /** YYYY-MM */
  readonly month: string;
}

export interface Reporting {
  readonly agent: Staff['agent'];
  /** The colleague in whose right it is done; undefined: in the own. */
  readonly standsInFor: number | undefined;
  readonly town: UnitRow;
  readonly period: Period;
}

/** The town of a report. Refuses `button_unknown`: what a button names is only a claim. */
export async function townOf({ tx }: Pick<Reading, 'tx'>, townId: number): Promise<UnitRow> {
  const town = await unitReads.byId(tx, townId);
  if (town?.level !== 'town') throw new Refused('button_unknown');
  return town;
}

/** Who writes and submits the town's reports. Refuses `report_not_yours`, naming who does, and a month that has not begun. */
export async function requireReporter(ctx: Ctx, { townId, month }: ReportPlace): Promise<Reporting> {
  const staff = requireStaff(ctx);
  const town = await townOf(ctx, townId);
  const period = monthPeriod(month);
  if (!(await reports(ctx, { staff, town }))) {
    throw new Refused('report_not_yours', { town: town.name, who: await reporterNames(ctx, town) });
  }
  if (period.from > today(ctx)) throw new Refused('period_ahead', { period: period.label });
  const standsInFor = onBehalfOf('submitReport', personOf(staff), await reportedBy(ctx, town));
  return { agent: staff.agent, standsInFor, town, period };
}

/** Whether this person writes and submits the town's reports. */
export async function reports(
  ctx: Pick<Reading, 'tx'>,
  { staff, town }: { staff: Staff; town: Pick<UnitRow, 'id'> },
): Promise<boolean> {
  return may('submitReport', personOf(staff), await reportedBy(ctx, town));
}

async function reportedBy(ctx: Pick<Reading, 'tx'>, town: Pick<UnitRow, 'id'>): Promise<Subject> {
  return { unitLine: [town.id], hasManager: (await managersOf(ctx, town)).length > 0 };
}

/** Names so many managers at most: whoever is sent to them needs one. */
const NAMED_MAX = 3;

/** 管理员敖登、包主任; where the town has none, its staff. */
export async function reporterNames(ctx: Pick<Reading, 'tx'>, town: Pick<UnitRow, 'id' | 'name'>): Promise<string> {
  const names = (await managersOf(ctx, town)).map(({ name }) => name);
  return names.length === 0 ? `${town.name}的工作人员` : `${town.name}的管理员${names.slice(0, NAMED_MAX).join('、')}`;
}

export function managersOf({ tx }: Pick<Reading, 'tx'>, town: Pick<UnitRow, 'id'>) {
  return agentReads.activeWithRole(tx, { unitIds: [town.id], roles: ['manager'] });
}
