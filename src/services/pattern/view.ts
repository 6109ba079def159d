/** 值得看看 of a unit and all below it, for its managers. */
import type { PatternLine, PatternsView } from '../../../cards/patterns.ts';
import { agentReads } from '../../../db/repositories/agent.ts';
import { caseListReads } from '../../../db/repositories/case-list.ts';
import { casePatternReads } from '../../../db/repositories/case-pattern.ts';
import { type Ctx, today } from '../../ctx.ts';
import { addDays, endOfDay, localDay, startOfDay } from '../../domain/calendar.ts';
import { rectifyBy } from '../../domain/digest.ts';
import { countRectifications, findPatterns, type Pattern, patternKinds } from '../../domain/patterns.ts';
import type { Period } from '../../domain/period.ts';
import { localDays } from '../setting/calendar.ts';
import { settingOf } from '../settings.ts';
import { registrationsOf, type StatsScope } from '../stats/scope.ts';

/** A banner's cases of a year would take too long to look through. */
const DAYS_MAX = 31;
const OF_A_KIND_MAX = 3;
const CASES_SHOWN = 3;

/** Of the period, the last 31 days up to today. */
export async function viewPatterns(
  ctx: Ctx,
  { scope, period }: { scope: StatsScope; period: Period },
): Promise<PatternsView> {
  const to = [period.to, today(ctx)].sort()[0] ?? today(ctx);
  const from = [period.from, addDays(to, 1 - DAYS_MAX)].sort()[1] ?? to;
  const { unitIds, versionIds } = registrationsOf(scope);
  const stretch = { from: startOfDay(from, ctx.zone), to: endOfDay(to, ctx.zone) };
  const rows = await casePatternReads.within(ctx.tx, { ...stretch, unitIds, versionIds });
  const rated = rows.filter(({ followedUpAt }) => followedUpAt !== null && followedUpAt >= stretch.from);
  const rectificationDays = await settingOf(ctx, 'rectificationDays');
  const { calendar } = await localDays(ctx);
  const rectification = countRectifications(rated, {
    today: today(ctx),
    lastDayOf: (at) => rectifyBy(localDay(at, ctx.zone), { calendar, rectificationDays }),
  });
  const found = findPatterns(rows);
  const shown = patternKinds.flatMap((kind) => found.filter((one) => one.kind === kind).slice(0, OF_A_KIND_MAX));
  return {
    unitName: scope.unit.name,
    from,
    to,
    rectification,
    patterns: await linesOf(ctx, shown),
    more: found.length - shown.length,
  };
}

async function linesOf(ctx: Ctx, patterns: readonly Pattern[]): Promise<PatternLine[]> {
  const agents = await agentReads.byIds(ctx.tx, [...new Set(patterns.flatMap(({ agentId }) => agentId ?? []))]);
  const ids = patterns.flatMap(({ caseIds }) => caseIds.slice(0, CASES_SHOWN));
  const cases = await caseListReads.lines(ctx.tx, [...new Set(ids)]);
  return patterns.map(({ kind, agentId, count, caseIds }) => ({
    kind,
    count,
    who: agents.find(({ id }) => id === agentId)?.name ?? null,
    cases: cases
      .filter(({ id }) => caseIds.slice(0, CASES_SHOWN).includes(id))
      .map(({ id, caseNumber }) => ({ caseId: id, caseNumber })),
  }));
}
