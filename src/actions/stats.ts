import { figureCasesCard } from '../../cards/figure-cases.ts';
import { patternsCard } from '../../cards/patterns.ts';
import { statsCard } from '../../cards/stats.ts';
import { lineOf, unitReads } from '../../db/repositories/unit.ts';
import { personOf } from '../ctx.ts';
import { groupings } from '../domain/grouping.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import { enqueuePost, enqueueSheet } from '../services/message/enqueue.ts';
import { viewPatterns } from '../services/pattern/view.ts';
import { staffByIds } from '../services/stand-in/running.ts';
import { requireFigures, statsScope } from '../services/stats/scope.ts';
import { viewStats } from '../services/stats/view.ts';
import { viewFigureCases } from '../services/stats/view-cases.ts';
import { requireManager, requireManagerOf } from '../services/unit/require-manager.ts';
import { type Action, type ActionCtx, success } from './action.ts';
import { showInPlace } from './in-place.ts';
import { whereTo } from './where-to.ts';

/** Another unit, period or grouping on the same card, which stays the asker's. */
export const showStats: Action<'stats.show'> = async (ctx, value) => {
  const person = personOf(requireManager(ctx));
  const { option } = ctx.click;
  const by = value.pick === 'by' ? groupings.find((candidate) => candidate === option) : value.by;
  const unitId = value.pick === 'unit' ? Number(option) : value.unitId;
  if (by === undefined || !Number.isSafeInteger(unitId)) throw new Refused('choice_unknown');
  const scope = await statsScope(ctx, unitId);
  await requireFigures(ctx, { scope, person, askerId: value.askerId });
  const [asker] = await staffByIds(ctx, [value.askerId]);
  if (!asker) throw new Refused('button_unknown');
  const period = periodOf(ctx, value.period);
  const card = statsCard(await viewStats(ctx, { scope, period, by, asker: personOf(asker) }));
  const about = lineOf(scope.unit.id, scope.units);
  return showInPlace(ctx, { card, title: `${scope.unit.name} ${period.label}`, unitId: asker.unit.id, about });
};

/** The cases behind a figure: below in a group of one's own unit, unless its people may not see all of them; else by private message. */
export const showFigureCases: Action<'stats.cases'> = async (ctx, { turn, ...at }) => {
  await requireManagerOf(ctx, at.unitId);
  const scope = await statsScope(ctx, at.unitId);
  const card = figureCasesCard(await viewFigureCases(ctx, { scope, period: periodOf(ctx, at.period), at }));
  // A department's own people see the cases it holds, not all those of its items.
  const about = scope.unit.level === 'department' ? [] : lineOf(scope.unit.id, scope.units);
  const { here, target } = await whereTo(ctx, about);
  if (turn === true && here) return success(`第${at.page + 1}页`, card);
  await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
  return success(here ? '请看下方' : '清单已私信发给您');
};

/** 值得看看: for the manager who presses alone. */
export const showPatterns: Action<'stats.patterns'> = async (ctx, at) => {
  await requireManagerOf(ctx, at.unitId);
  const scope = await statsScope(ctx, at.unitId);
  const card = patternsCard(await viewPatterns(ctx, { scope, period: periodOf(ctx, at.period) }));
  await enqueuePost(ctx, { target: ctx.click.openId, content: { kind: 'fixed', card } });
  return success('已私信发给您');
};

/** 导出 */
export const exportStats: Action<'stats.export'> = async (ctx, { unitId, by, period: text }) => {
  const { agent } = await requireManagerOf(ctx, unitId);
  const period = periodOf(ctx, text);
  const { here, target } = await whereTo(ctx, await unitReads.lineage(ctx.tx, unitId));
  const order = { ...period, name: 'stats' as const, unitId, by, agentId: agent.id, askedAt: ctx.now };
  await enqueueSheet(ctx, { target, order });
  return success(here ? 'Excel 做好就发到这里' : 'Excel 做好就私信给您');
};

function periodOf(ctx: ActionCtx, text: string): Period {
  const period = parsePeriod(text, ctx.now, ctx.zone);
  if (!period) throw new Refused('button_unknown');
  return period;
}
