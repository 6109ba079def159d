import { overdueCard } from '../../../cards/report.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { type ReportRow, reportReads, reportWrites } from '../../../db/repositories/report.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx } from '../../ctx.ts';
import { monthPeriod } from '../../domain/period.ts';
import { tellUpkeep } from '../alert/upkeep.ts';
import { placeCards, takeFollowing } from '../card/place.ts';
import { targetsOfUnit } from '../card/targets.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { refreshReportCards } from './submit.ts';

/** Asks every town that has not reported on the month, in its group, with the figures it would report. Returns their names. */
export async function remindTowns(ctx: Ctx, month: string): Promise<string[]> {
  const reminded: string[] = [];
  const unreachable: string[] = [];
  for (const town of await unitReads.ofLevels(ctx.tx, ['town'])) {
    const report = await reportWrites.open(ctx.tx, { townId: town.id, month });
    if (report.version !== null) continue;
    ((await callForReport(ctx, { town, report })) ? reminded : unreachable).push(town.name);
  }
  if (unreachable.length > 0) {
    const lines = [`这些单位没有绑定群，也没有人员：${unreachable.join('、')}`, '请到它们的群里发 /绑定。'];
    await tellUpkeep(ctx, { items: [{ key: `report:${month}`, title: `${month}月报提醒没有送到`, lines }] });
  }
  return reminded;
}

/** Brings the report's card anew to the town's group, else to its people; false when the town has neither. */
export async function callForReport(
  ctx: Ctx,
  { town, report }: { town: Pick<UnitRow, 'id' | 'chatId'>; report: Pick<ReportRow, 'id'> },
): Promise<boolean> {
  const targets = await targetsOfUnit(ctx, town);
  const subject = { subject: 'report' as const, subjectId: report.id };
  const places = targets.map((at) => ({ at, reach: 'new' as const }));
  await placeCards(ctx, { subject, places, following: await takeFollowing(ctx, subject) });
  return targets.length > 0;
}

/**
 * Lists, in each banner's group, which of its towns have not reported on the month; those that are below no banner in use, to the
 * administrators. Of each the report notes it, and its own cards turn to overdue.
 */
export async function listLateTowns(ctx: Ctx, month: string): Promise<void> {
  const units = await unitReads.all(ctx.tx);
  const towns = units.filter(({ level, active }) => level === 'town' && active);
  const bannerOf = (town: UnitRow) => lineOf(town.id, units).find(({ level, active }) => level === 'banner' && active);
  for (const banner of new Set(towns.map(bannerOf))) {
    await listLateOf(ctx, { banner, towns: towns.filter((town) => bannerOf(town) === banner), month });
  }
}

async function listLateOf(
  ctx: Ctx,
  { banner, towns, month }: { banner: UnitRow | undefined; towns: readonly UnitRow[]; month: string },
): Promise<void> {
  const reports = new Map((await reportReads.ofMonth(ctx.tx, month)).map((report) => [report.townId, report]));
  const late = towns.filter((town) => !reports.get(town.id)?.submittedAt);
  const reported = towns.flatMap((town) => {
    const report = reports.get(town.id);
    return report?.submittedAt ? [{ town: town.name, at: report.submittedAt, late: report.late === true }] : [];
  });
  const card = overdueCard({
    monthName: monthPeriod(month).label,
    late: late.map((town) => town.name),
    reported,
    now: ctx.now,
    zone: ctx.zone,
  });
  for (const target of await overseers(ctx, banner))
    await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
  const missing: number[] = [];
  for (const { id } of late) missing.push((await reportWrites.open(ctx.tx, { townId: id, month })).id);
  await reportWrites.noteOverdue(ctx.tx, missing);
  for (const id of missing) await refreshReportCards(ctx, id);
}

/** The banner's group, else one by one its managers and the administrators who work there, else all administrators. */
async function overseers(ctx: Ctx, banner: UnitRow | undefined): Promise<string[]> {
  if (banner && banner.chatId !== null) return [banner.chatId];
  const unitIds = banner ? [banner.id] : [];
  const people = await agentReads.activeWithRole(ctx.tx, { unitIds, roles: ['manager', 'admin'] });
  return (people.length > 0 ? people : await agentReads.activeAdmins(ctx.tx)).map((agent) => agent.openId);
}
