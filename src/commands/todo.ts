import { caseReads } from '../../db/repositories/case.ts';
import { caseListReads } from '../../db/repositories/case-list.ts';
import { followUpCheckReads } from '../../db/repositories/follow-up-check.ts';
import { unitReads } from '../../db/repositories/unit.ts';
import { personOf, requireStaff, type Staff } from '../ctx.ts';
import { belongsTo } from '../domain/agent.ts';
import { postsOf, unitsOf } from '../domain/permission.ts';
import { checkedUnits } from '../services/follow-up/checker.ts';
import { type AskedList, LISTED_MAX } from '../services/message/content.ts';
import { subtreeOf } from '../services/unit/tree.ts';
import { answerDiscreetly, type Command, type CommandCtx } from './command.ts';

export const todo: Command = {
  name: '待办',
  aliases: ['todo'],
  audience: 'agent',
  usage: '/待办',
  summary: '看看本单位要办的件，和您登记的在等谁',
  example: null,
  async run(ctx) {
    const staff = requireStaff(ctx);
    const { agent, unit, standsInFor = [] } = staff;
    const unitIds = unitsOf(personOf(staff));
    let total = 0;
    const waiting: number[][] = [];
    for (const unitId of unitIds) {
      total += await caseReads.countWaitingFor(ctx.tx, unitId);
      waiting.push(await caseReads.waitingFor(ctx.tx, { unitId, limit: LISTED_MAX }));
    }
    const ids = inTurns(waiting).slice(0, LISTED_MAX);
    const others: number[] = [];
    for (const post of postsOf(personOf(staff))) others.push(...(await caseReads.waitingElsewhere(ctx.tx, post)));
    const names = [unit.name, ...new Set(standsInFor.map((one) => one.unit.name).filter((name) => name !== unit.name))];
    const more = total > LISTED_MAX || others.length > LISTED_MAX;
    const list = {
      ...(await overseen(ctx, staff)),
      title: `${names.join('、')}的待办`,
      empty: '没有要办的件，辛苦了。',
      total,
      ids,
      elsewhere: { total: others.length, ids: others.slice(0, LISTED_MAX) },
      hint: more ? '办完上面的再发 /待办，或发 /查 编号 直接找。' : null,
    };
    return answerDiscreetly(ctx, { kind: 'cases', agentId: agent.id, list });
  },
};

/** What waits for a manager, or for who stands in for one: bad ratings below the manager's unit, and of the banner's the checks. */
async function overseen(ctx: CommandCtx, staff: Staff): Promise<Pick<AskedList, 'unrectified' | 'checks'>> {
  const checks = (await followUpCheckReads.open(ctx.tx, await checkedUnits(ctx, staff))).length;
  const managed = postsOf(personOf(staff)).filter(({ role }) => belongsTo('manager', role));
  if (managed.length === 0) return checks > 0 ? { checks } : {};
  const units = await unitReads.all(ctx.tx);
  const tops = units.filter(({ id }) => managed.some(({ unitId }) => unitId === id));
  const unitIds = [...new Set(tops.flatMap((top) => subtreeOf(top, units)).map(({ id }) => id))];
  const unrectified = await caseListReads.unrectified(ctx.tx, { unitIds, limit: LISTED_MAX });
  return { unrectified, checks };
}

/** The first of each list, then the second of each: of nobody's unit nothing is seen because another's list is long. */
function inTurns(lists: readonly (readonly number[])[]): number[] {
  const turns = Array.from({ length: LISTED_MAX }, (_, place) => lists.flatMap((ids) => ids[place] ?? []));
  return [...new Set(turns.flat())];
}
