/** The weekly digest of the banner's group: the week's figures, what stays overdue, and the ledger's fingerprint. */
import { DIGEST_LINES_MAX, type DigestPart } from '../../../cards/digest.ts';
import { type FigureName, figureSpecs, figureText } from '../../../cards/figures.ts';
import { dayFor } from '../../../cards/kit.ts';
import { weeklyCard } from '../../../cards/weekly.ts';
import { caseListReads } from '../../../db/repositories/case-list.ts';
import { followUpCheckReads } from '../../../db/repositories/follow-up-check.ts';
import { type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import type { Ctx, Reading } from '../../ctx.ts';
import { addDays, localDay, startOfDay, weekdayOf } from '../../domain/calendar.ts';
import { type Figures, noFigures } from '../../domain/figures.ts';
import { maskedNameOf } from '../case/secret.ts';
import { type Fingerprint, readFingerprint, witnessesAmong } from '../ledger/fingerprint.ts';
import { enqueuePost } from '../message/enqueue.ts';
import { figuresByUnit } from '../stats/whole-figures.ts';
import { subtreeOf } from '../unit/tree.ts';
import { planLines } from './plan-lines.ts';

const told = ['registered', 'completed', 'onTime', 'overdue'] as const satisfies readonly FigureName[];

/**
 * Posts the digest of the week up to the day of `slot` to each banner's group; where none is bound, to each town's, so that the ends
 * of the chains have a witness. Nothing while the ledger is empty.
 */
export async function postWeeklyDigest(ctx: Ctx, slot: number): Promise<void> {
  const fingerprint = await readFingerprint(ctx);
  if (!fingerprint) return;
  const to = localDay(slot, ctx.zone);
  const week = { from: addDays(to, -weekdayOf(to)), to };
  const units = await unitReads.all(ctx.tx);
  for (const unit of witnessesAmong(units)) {
    const card = weeklyCard(await viewWeek(ctx, { unit, units, week, fingerprint }));
    await enqueuePost(ctx, { target: unit.chatId, content: { kind: 'fixed', card } });
  }
}

interface Week {
  readonly from: string;
  readonly to: string;
}

async function viewWeek(
  ctx: Reading,
  of: { unit: UnitRow; units: readonly UnitRow[]; week: Week; fingerprint: Fingerprint },
) {
  const { unit, units, week, fingerprint } = of;
  const unitIds = subtreeOf(unit, units).map(({ id }) => id);
  const towns = units.filter(({ parentId, level, active }) => parentId === unit.id && level === 'town' && active);
  const whole = await figuresByUnit(ctx, { unitIds: [unit.id], period: week, units });
  const byTown = await figuresByUnit(ctx, { unitIds: towns.map(({ id }) => id), period: week, units });
  const figures = whole.get(unit.id) ?? noFigures;
  const dayWords = (day: string) => dayFor(startOfDay(day, ctx.zone), ctx);
  return {
    title: `${unit.name}：${dayWords(week.from)}至${dayWords(week.to)}这一周`,
    figures: told.map((name) => ({ label: figureSpecs[name].label, value: figureText(name, figures) })),
    units: towns.map(({ id, name }) => ({ name, line: figureLine(byTown.get(id) ?? noFigures) })),
    overdue: await longestOverdue(ctx, { unitIds, total: figures.overdue }),
    plan: await planLines(ctx, { unit, units, day: week.to }),
    fingerprint,
    checks: unit.level === 'banner' ? (await followUpCheckReads.open(ctx.tx, unitIds)).length : 0,
  };
}

function figureLine(figures: Figures): string {
  return told.map((name) => `${figureSpecs[name].label}${figureText(name, figures)}`).join('，');
}

async function longestOverdue(
  ctx: Reading,
  { unitIds, total }: { unitIds: readonly number[]; total: number },
): Promise<DigestPart | null> {
  if (total === 0) return null;
  const ids = await caseListReads.longestOverdue(ctx.tx, { unitIds, before: ctx.now, limit: DIGEST_LINES_MAX });
  const lines = (await caseListReads.lines(ctx.tx, ids)).map((line) => ({
    caseId: line.id,
    caseNumber: line.caseNumber,
    applicant: maskedNameOf(ctx, line),
    itemName: line.itemName,
    when: line.dueAt === null ? '' : `最晚${dayFor(line.dueAt, ctx)}办结`,
    next: `在${line.holderUnit}`,
  }));
  return { heading: '超期在办', late: true, total, lines };
}
