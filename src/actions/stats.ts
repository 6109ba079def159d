import { figureCasesCard } from '../../cards/figure-cases.ts';
import { statsCard } from '../../cards/stats.ts';
import { agentReads } from '../../db/repositories/agent.ts';
import { personOf } from '../ctx.ts';
import { groupings } from '../domain/grouping.ts';
import { type Period, parsePeriod } from '../domain/period.ts';
import { Refused } from '../refusals.ts';
import { enqueuePost, enqueueSheet } from '../services/message/enqueue.ts';
import { requireFigures, statsScope } from '../services/stats/scope.ts';
import { viewStats } from '../services/stats/view.ts';
import { viewFigureCases } from '../services/stats/view-cases.ts';
import { isOwnGround, isPrivateChat } from '../services/unit/own-ground.ts';
import { requireManager, requireManagerOf } from '../services/unit/require-manager.ts';
import { type Action, type ActionCtx, success } from './action.ts';
import { showInPlace } from './in-place.ts';

/** Another unit, period or grouping on the same card, which stays the asker's. */
export const showStats: Action<'stats.show'> = async (ctx, value) => {
  const person = personOf(requireManager(ctx));
  const { option } = ctx.click;
  const by = value.pick === 'by' ? groupings.find((candidate) => candidate === option) : value.by;
  const unitId = value.pick === 'unit' ? Number(option) : value.unitId;
  if (by === undefined || !Number.isSafeInteger(unitId)) throw new Refused('choice_unknown');
  const scope = await statsScope(ctx, unitId);
  await requireFigures(ctx, { scope, person, askerId: value.askerId });
  const asker = await agentReads.byId(ctx.tx, value.askerId);
  if (!asker) throw new Refused('button_unknown');
  const period = periodOf(ctx, value.period);
  const card = statsCard(await viewStats(ctx, { scope, period, by, asker }));
  return showInPlace(ctx, { card, title: `${scope.unit.name} ${period.label}`, unitId: asker.unitId });
};

/** The cases behind a figure: below in a group of one's own unit, unless its people may not see all of them; else by private message. */
export const showFigureCases: Action<'stats.cases'> = async (ctx, { v: _, action: __, turn, ...at }) => {
  await requireManagerOf(ctx, at.unitId);
  const scope = await statsScope(ctx, at.unitId);
  const card = figureCasesCard(await viewFigureCases(ctx, { scope, period: periodOf(ctx, at.period), at }));
  const { here, target } = await whereTo(ctx, { ofItems: scope.unit.level === 'department' });
  if (turn === true && here) return success(`第${at.page + 1}页`, card);
  await enqueuePost(ctx, { target, content: { kind: 'fixed', card } });
  return success(here ? '请看下方' : '清单已私信发给您');
};

/** 导出 */
export const exportStats: Action<'stats.export'> = async (ctx, { unitId, by, period: text }) => {
  const { agent } = await requireManagerOf(ctx, unitId);
  const period = periodOf(ctx, text);
  const { here, target } = await whereTo(ctx);
  const order = { ...period, name: 'stats' as const, unitId, by, agentId: agent.id, askedAt: ctx.now };
  await enqueueSheet(ctx, { target, order });
  return success(here ? 'Excel 做好就发到这里' : 'Excel 做好就私信给您');
};

function periodOf(ctx: ActionCtx, text: string): Period {
  const period = parsePeriod(text, ctx.now, ctx.zone);
  if (!period) throw new Refused('button_unknown');
  return period;
}

/**
 * Into the chat of the card where only those entitled read along, else to the person alone. `ofItems`: it is about all cases of a
 * department's items, of which the department's own people see only those it holds.
 */
async function whereTo(
  ctx: ActionCtx,
  { ofItems = false }: { ofItems?: boolean } = {},
): Promise<{ here: boolean; target: string }> {
  const { chatId, openId } = ctx.click;
  if (await isPrivateChat(ctx, ctx.click)) return { here: true, target: openId };
  const here = !ofItems && (await isOwnGround(ctx, { chatId, type: 'group' }));
  return { here, target: here ? chatId : openId };
}
