import { reportInFullCard } from '../../cards/report-in-full.ts';
import { reportTableCard } from '../../cards/report-table.ts';
import { type UnitRow, unitReads } from '../../db/repositories/unit.ts';
import { personOf, requireStaff, today } from '../ctx.ts';
import { local } from '../domain/level-names.ts';
import { monthPeriod, parsePeriod } from '../domain/period.ts';
import { unitsOf } from '../domain/permission.ts';
import { reportMonthDue } from '../domain/report.ts';
import { Refused } from '../refusals.ts';
import { receivedTowns } from '../services/report/banner.ts';
import { reporterNames } from '../services/report/reporter.ts';
import { showInGroup } from '../services/report/show.ts';
import { requireReader, viewReportInFull } from '../services/report/view-in-full.ts';
import { viewReportTable } from '../services/report/view-table.ts';
import { unitNamed } from '../services/unit/seek.ts';
import { answerDiscreetly, answerPrivately, type Command, type CommandCtx, fixed } from './command.ts';
import { wordsIn } from './words.ts';

export const report: Command = {
  name: '月报',
  aliases: ['report'],
  audience: 'agent',
  get usage() {
    return local`/月报 [月] [苏木乡镇]`;
  },
  get summary() {
    return local`镇里：看草稿、填文字、确认报送；旗里：哪些镇报了、催报、Word 和 Excel`;
  },
  example: '/月报 2026-10',
  async run(ctx, args) {
    const staff = requireStaff(ctx);
    const { month, named } = await readArguments(ctx, args);
    const towns = await receivedTowns(ctx, staff);
    if (named === undefined && towns.length > 0) {
      const card = reportTableCard(await viewReportTable(ctx, { month }));
      return answerDiscreetly(ctx, fixed(card));
    }
    const town = named ?? (await ownTown(ctx));
    const place = { townId: town.id, month };
    const rights = await requireReader(ctx, { staff, place });
    if (await showInGroup(ctx, { chat: ctx.chat, place })) return undefined;
    const card = reportInFullCard(await viewReportInFull(ctx, { place, rights, staff }));
    return answerPrivately(ctx, { content: fixed(card), why: '月报的草稿只私信给您。' });
  },
};

/** At most a month (the one before this unless named) and a town. Refuses what is neither, and a month that has not begun. */
async function readArguments(ctx: CommandCtx, args: string): Promise<{ month: string; named: UnitRow | undefined }> {
  const words = wordsIn(args);
  const months = words.map((word) => monthOf(ctx, word));
  const [named, ...more] = months.filter((found) => found !== undefined);
  const rest = words.filter((_, index) => months[index] === undefined).join('');
  if (more.length > 0) throw new Refused('report_month_unknown', {}, args);
  const month = named ?? reportMonthDue(today(ctx));
  const period = monthPeriod(month);
  if (period.from > today(ctx)) throw new Refused('period_ahead', { period: period.label });
  return { month, named: rest === '' ? undefined : await townNamed(ctx, rest) };
}

/** YYYY-MM; undefined for what is no month. */
function monthOf(ctx: CommandCtx, word: string): string | undefined {
  const period = parsePeriod(word, ctx.now, ctx.zone);
  if (!period) return undefined;
  const month = period.from.slice(0, 7);
  const whole = monthPeriod(month);
  if (whole.from !== period.from || whole.to !== period.to) throw new Refused('report_month_unknown', {}, word);
  return month;
}

async function townNamed(ctx: CommandCtx, word: string): Promise<UnitRow> {
  try {
    return unitNamed(await unitReads.ofLevels(ctx.tx, ['town']), word);
  } catch (error) {
    if (error instanceof Refused && error.code === 'unit_unknown') throw new Refused('report_month_unknown', {}, word);
    throw error;
  }
}

/** The town that the asker works in, or stands in for a colleague in. Refuses others: villages and departments make no report. */
async function ownTown(ctx: CommandCtx): Promise<UnitRow> {
  const staff = requireStaff(ctx);
  const units = await Promise.all(unitsOf(personOf(staff)).map((id) => unitReads.byId(ctx.tx, id)));
  const served = units.find((unit) => unit?.level === 'town');
  if (served) return served;
  const { unit } = staff;
  const town = (await unitReads.lineage(ctx.tx, unit.id)).find(({ level }) => level === 'town');
  if (!town) throw new Refused('report_no_town');
  throw new Refused('report_not_yours', { town: town.name, who: await reporterNames(ctx, town) });
}
