/** The towns of whoever receives their reports, and how each stands. */
import { agentReads } from '../../../db/repositories/agent.ts';
import { type ReportRow, type ReportVersionRow, reportReads } from '../../../db/repositories/report.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { personOf, type Reading, type Staff, today } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import { daysLate } from '../../domain/report.ts';
import { may, onBehalfOf, type Subject } from '../../domain/rights.ts';
import { Refused } from '../../refusals.ts';
import { deadlineOf } from './view.ts';

/** The units above a town, to the root. */
export async function lineageAbove({ tx }: Pick<Reading, 'tx'>, townId: number): Promise<number[]> {
  const [, ...above] = await unitReads.lineage(tx, townId);
  return above.map(({ id }) => id);
}

/** The towns whose reports this person receives: those below the manager's unit; all of them for an administrator. */
export async function receivedTowns({ tx }: Pick<Reading, 'tx'>, staff: Staff): Promise<UnitRow[]> {
  const units = await unitReads.all(tx);
  const towns = units.filter(({ level, active }) => level === 'town' && active);
  const person = personOf(staff);
  return towns.filter(({ id }) => may('receiveReports', person, subjectOf(id, units)));
}

/** The colleague in whose right somebody receives the reports of any of these towns; undefined: all in the own. */
export async function receivesFor(
  { tx }: Pick<Reading, 'tx'>,
  { staff, townIds }: { staff: Staff; townIds: readonly number[] },
): Promise<number | undefined> {
  const units = await unitReads.all(tx);
  return townIds.flatMap((id) => onBehalfOf('receiveReports', personOf(staff), subjectOf(id, units)) ?? [])[0];
}

/** Of a town's reports: the units above it. */
function subjectOf(townId: number, units: readonly UnitRow[]): Subject {
  const [, ...above] = lineOf(townId, units);
  return { unitLine: above.map(({ id }) => id) };
}

/** As `receivedTowns`. Refuses `report_not_received` where there are none. */
export async function requireReceived(ctx: Pick<Reading, 'tx'>, staff: Staff): Promise<UnitRow[]> {
  const towns = await receivedTowns(ctx, staff);
  if (towns.length === 0) throw new Refused('report_not_received');
  return towns;
}

/** `reported`: it stands; `returned`: the banner has sent it back and waits for another; `missing`: it has not come. */
export interface TownReport {
  readonly town: UnitRow;
  readonly report: ReportRow | undefined;
  readonly state: 'reported' | 'returned' | 'missing';
  readonly at: number | null;
  readonly by: string | null;
  /** Days by which it came, or has not come, after its last day; 0 in time. */
  readonly daysLate: number;
  /** The version that stands. */
  readonly version: ReportVersionRow | undefined;
}

/** How the reports on a month stand, in the order of the towns. */
export async function townReports(
  ctx: Reading,
  { towns, month }: { towns: readonly UnitRow[]; month: string },
): Promise<TownReport[]> {
  const deadline = await deadlineOf(ctx, month);
  const reports = new Map((await reportReads.ofMonth(ctx.tx, month)).map((report) => [report.townId, report]));
  const ids = [...reports.values()].map(({ id }) => id);
  const versions = ids.length === 0 ? [] : await reportReads.versionsOf(ctx.tx, ids);
  const people = await namesOf(ctx, [...reports.values()]);
  return towns.map((town) => {
    const report = reports.get(town.id);
    const own = versions.filter(({ reportId }) => reportId === report?.id).sort((a, b) => b.number - a.number);
    const at = report?.submittedAt ?? null;
    const until = at === null ? today(ctx) : localDay(at, ctx.zone);
    return {
      town,
      report,
      state: at !== null ? 'reported' : own[0]?.ending === 'returned' ? 'returned' : 'missing',
      at,
      by: people.get(report?.submittedBy ?? 0) ?? null,
      // 更正 and the setting of the deadline do not make a report late that came in time.
      daysLate: at !== null && report?.late !== true ? 0 : daysLate(until, deadline),
      version: own.find(({ number }) => number === report?.version),
    };
  });
}

async function namesOf({ tx }: Reading, reports: readonly ReportRow[]): Promise<Map<number, string>> {
  const ids = [...new Set(reports.flatMap(({ submittedBy }) => submittedBy ?? []))];
  return new Map((ids.length === 0 ? [] : await agentReads.byIds(tx, ids)).map(({ id, name }) => [id, name]));
}
