import { agentReads } from '../../../db/repositories/agent.ts';
import { caseReads } from '../../../db/repositories/case.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { type RosterRow, rosterReads, rosterWrites } from '../../../db/repositories/roster.ts';
import { type UnitRow, unitReads, unitWrites } from '../../../db/repositories/unit.ts';
import { type Ctx, today } from '../../ctx.ts';
import type { Missing } from '../../domain/import/plan.ts';
import { dayWords } from '../../domain/item-version.ts';
import { unitLevels } from '../../domain/unit.ts';
import { Refused } from '../../refusals.ts';
import { makeVersions } from '../item/make-versions.ts';
import { recordRoster, recordUnits } from '../ledger/list-entries.ts';
import { giveNames } from './apply-catalogue.ts';
import { endTasks } from './apply-plan.ts';
import { keepList, takeList } from './decide.ts';
import { type ImportPlan, planImport, planSign } from './plan.ts';

interface Retired {
  readonly retired: readonly string[];
  /** What could not be taken out of use, each with the reason. */
  readonly kept: readonly string[];
}

/**
 * 停用名单里没有的: what is in use and does not stand in the list is taken out of use, unless people or cases still depend on it; the
 * list's card shows which. Returns how many were.
 * @param input.seen the sign of the plan whose missing ones were shown.
 */
export async function retireMissing(ctx: Ctx, input: { importId: number; seen: string }): Promise<number> {
  const { record, list } = await takeList(ctx, input.importId);
  const planned = await planImport(ctx, list.file);
  if (planSign(planned) !== input.seen || planned.plan.missing.length === 0) throw new Refused('import_outdated');
  const { retired, kept } = await retire(ctx, planned);
  await keepList(ctx, { record, list: { ...list, shown: { as: 'retired', retired, kept } } });
  return retired.length;
}

async function retire(ctx: Ctx, planned: ImportPlan): Promise<Retired> {
  switch (planned.kind) {
    case 'units':
      return retireUnits(ctx, planned.plan.missing);
    case 'agents':
      return retireEntries(ctx, planned.plan.missing);
    case 'catalogue':
      return retireItems(ctx, planned.plan.missing);
    case 'tasks':
      return retireTasks(ctx, planned.plan.missing);
    case 'checks':
      return { retired: [], kept: [] };
    case 'names':
      return retireNames(ctx, planned.plan.missing);
  }
}

/** Out of the plan from today on; what units said of them stays. */
async function retireTasks(ctx: Ctx, missing: readonly Missing[]): Promise<Retired> {
  await endTasks(
    ctx,
    missing.map(({ id }) => id),
  );
  return { retired: missing.map(({ name }) => name), kept: [] };
}

/** Off the roster. Whoever has joined stays on the staff until somebody says who goes on with the cases. */
async function retireEntries(ctx: Ctx, missing: readonly Missing[]): Promise<Retired> {
  const going = new Set(missing.map(({ id }) => id));
  const entries = (await rosterReads.all(ctx.tx)).filter(({ id }) => going.has(id));
  const joined = entries.filter(({ agentId }) => agentId !== null);
  const active = new Set(
    (
      await agentReads.byIds(
        ctx.tx,
        joined.map(({ agentId }) => agentId ?? 0),
      )
    ).flatMap(({ id, status }) => (status === 'active' ? id : [])),
  );
  const isHere = ({ agentId }: RosterRow) => agentId !== null && active.has(agentId);
  const retired = entries.filter((entry) => !isHere(entry)).map((entry) => ({ ...entry, active: false }));
  for (const { id } of retired) await rosterWrites.update(ctx.tx, { id, set: { active: false } });
  await recordRoster(ctx, retired);
  return {
    retired: retired.map(({ name }) => name),
    kept: entries.filter(isHere).map(({ name }) => `${name}已经加入，请发“/停用 ${name}”，先看清没办完的件`),
  };
}

/** From today on nothing is registered for them. What is planned for one has to be withdrawn first. */
async function retireItems(ctx: Ctx, missing: readonly Missing[]): Promise<Retired> {
  const going = new Set(missing.map(({ id }) => id));
  const day = today(ctx);
  const planned = new Map(
    (await itemReads.planned(ctx.tx, day)).map(({ itemId, effectiveDay }) => [itemId, effectiveDay]),
  );
  const items = (await itemReads.all(ctx.tx, day)).filter(({ id }) => going.has(id));
  const retired = items.filter(({ id }) => !planned.has(id));
  await makeVersions(
    ctx,
    retired.map((item) => ({ itemId: item.id, effectiveDay: day, promised: { ...item, active: false } })),
  );
  const kept = items.flatMap(({ id, subItem }) => {
    const from = planned.get(id);
    return from === undefined ? [] : [`${subItem}已有自${dayWords(from, day)}起的修改，请先撤回`];
  });
  return { retired: retired.map(({ subItem }) => subItem), kept };
}

async function retireNames(ctx: Ctx, missing: readonly Missing[]): Promise<Retired> {
  await giveNames(
    ctx,
    missing.map(({ id }) => ({ id, commonNames: null })),
  );
  return { retired: missing.map(({ name }) => name), kept: [] };
}

async function retireUnits(ctx: Ctx, missing: readonly Missing[]): Promise<Retired> {
  const units = await unitReads.all(ctx.tx);
  const going = new Set(missing.map(({ id }) => id));
  const retired: UnitRow[] = [];
  const kept: string[] = [];
  // Villages before their towns, so that both may go.
  for (const unit of units.filter(({ id }) => going.has(id)).sort(byDepth)) {
    const below = units.some(
      ({ id, parentId, active }) => active && parentId === unit.id && !retired.some((one) => one.id === id),
    );
    const why = await whatDepends(ctx, { unit, below });
    if (why === undefined) retired.push({ ...unit, active: false });
    else kept.push(`${unit.name}${why}`);
  }
  for (const { id } of retired) await unitWrites.update(ctx.tx, { id, set: { active: false } });
  await recordUnits(ctx, retired);
  return { retired: retired.map(({ name }) => name), kept };
}

function byDepth(one: UnitRow, other: UnitRow): number {
  return unitLevels.indexOf(other.level) - unitLevels.indexOf(one.level);
}

async function whatDepends(ctx: Ctx, { unit, below }: { unit: UnitRow; below: boolean }): Promise<string | undefined> {
  if (below) return '下面还有单位';
  const people = (await agentReads.activeOfUnit(ctx.tx, unit.id)).length;
  if (people > 0) return `还有${people}位在岗人员`;
  const open = await caseReads.countOpen(ctx.tx, unit.id);
  if (open > 0) return `还有${open}件没办完`;
  return unit.chatId === null ? undefined : '还绑着群，请先解绑';
}
