import { deadlineCard } from '../../../cards/deadline.ts';
import { ledgerReads } from '../../../db/repositories/ledger.ts';
import type { Ctx, Reading } from '../../ctx.ts';
import { localDay } from '../../domain/calendar.ts';
import { type CourseEvent, explainDeadline } from '../../domain/deadline-course.ts';
import { standingEntries } from '../ledger/standing.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { workingCalendar } from '../setting/calendar.ts';
import { type CaseDossier, loadCase } from './dossier.ts';
import { requireSight } from './show.ts';

/** The entries that the promised time begins with, stands still from or goes on after; others leave it as it is. */
const bearing: Readonly<Record<string, Pick<CourseEvent, 'effect' | 'what'> | undefined>> = {
  // The promise runs from here, whether or not anybody has accepted the case yet.
  register: { effect: 'begins', what: '登记' },
  return: { effect: 'stops', what: '退回补正' },
  forward: { effect: 'goesOn', what: '重新转送' },
  suspend: { effect: 'stops', what: '中止' },
  resume: { effect: 'goesOn', what: '恢复' },
};

/** 期限怎么算: the arithmetic of the case's promised day, privately, to somebody who may see the case. */
export async function explainDue(ctx: Ctx, { caseId }: { caseId: number }): Promise<CaseDossier> {
  const dossier = await loadCase(ctx, caseId);
  const staff = requireSight(ctx, dossier);
  const { caseNumber } = dossier.record;
  const card = deadlineCard({ caseId, caseNumber, lines: await courseLines(ctx, dossier) });
  await enqueuePost(ctx, { target: staff.agent.openId, content: { kind: 'fixed', card } });
  return dossier;
}

async function courseLines(ctx: Reading, { record }: CaseDossier): Promise<string[]> {
  const standing = standingEntries(await ledgerReads.ofCase(ctx.tx, record.id));
  const events = standing.flatMap(({ kind, at }): CourseEvent[] => {
    const event = bearing[kind];
    return event ? [{ ...event, day: localDay(at, ctx.zone) }] : [];
  });
  const dueDay = record.dueAt === null ? null : localDay(record.dueAt, ctx.zone);
  return explainDeadline({ events, dueDay, remainingDays: record.remainingDays }, await workingCalendar(ctx));
}
