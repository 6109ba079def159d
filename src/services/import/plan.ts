/** What a list would do to the rows as they are at this moment. */
import { createHash } from 'node:crypto';
import { agentReads } from '../../../db/repositories/agent.ts';
import { itemReads } from '../../../db/repositories/item.ts';
import { readinessReads } from '../../../db/repositories/readiness.ts';
import { rosterReads } from '../../../db/repositories/roster.ts';
import { taskReads } from '../../../db/repositories/task.ts';
import { unitReads } from '../../../db/repositories/unit.ts';
import { type Reading, today } from '../../ctx.ts';
import { type KnownStaff, planAgents, type RosterValues } from '../../domain/import/agents.ts';
import { type ItemValues, planCatalogue } from '../../domain/import/catalogue.ts';
import { type CheckListValues, planChecks } from '../../domain/import/checks.ts';
import type { ImportFile } from '../../domain/import/file.ts';
import { type NameValues, planNames } from '../../domain/import/names.ts';
import type { Plan } from '../../domain/import/plan.ts';
import { planTasks, type TaskValues } from '../../domain/import/tasks.ts';
import { planUnits, type UnitValues } from '../../domain/import/units.ts';
import { isOtherItem } from '../../domain/other-errand.ts';
import { openPhone } from '../agent/phone.ts';
import { openListedPhone } from '../roster/phone.ts';
import { tasksOn } from '../task/standing.ts';

export type ImportPlan =
  | { readonly kind: 'units'; readonly plan: Plan<UnitValues> }
  | { readonly kind: 'agents'; readonly plan: Plan<RosterValues> }
  | { readonly kind: 'catalogue'; readonly plan: Plan<ItemValues> }
  | { readonly kind: 'names'; readonly plan: Plan<NameValues> }
  | { readonly kind: 'tasks'; readonly plan: Plan<TaskValues> }
  | { readonly kind: 'checks'; readonly plan: Plan<CheckListValues> };

export async function planImport(ctx: Reading, file: ImportFile): Promise<ImportPlan> {
  const { kind, tables } = file;
  switch (kind) {
    case 'units':
      return { kind, plan: planUnits(tables, await unitReads.all(ctx.tx)) };
    case 'agents':
      return { kind, plan: planAgents(tables, await knownStaff(ctx)) };
    case 'catalogue': {
      const departments = await unitReads.ofLevels(ctx.tx, ['department']);
      const items = (await itemReads.all(ctx.tx, today(ctx))).filter((item) => !isOtherItem(item));
      const planned = new Map(
        (await itemReads.planned(ctx.tx, today(ctx))).map((one) => [one.itemId, one.effectiveDay]),
      );
      return { kind, plan: planCatalogue(tables, { items, departments, planned }) };
    }
    case 'names':
      return { kind, plan: planNames(tables, await itemReads.active(ctx.tx, today(ctx))) };
    case 'tasks': {
      const units = await unitReads.all(ctx.tx);
      const tasks = tasksOn(await taskReads.all(ctx.tx), today(ctx));
      return { kind, plan: planTasks(tables, { tasks, units }) };
    }
    case 'checks': {
      const lists = await readinessReads.lists(ctx.tx);
      return { kind, plan: planChecks(tables, { lists, today: today(ctx) }) };
    }
  }
}

async function knownStaff(ctx: Reading): Promise<KnownStaff> {
  const units = await unitReads.ofLevels(ctx.tx, ['banner', 'department', 'town', 'village', 'outlet']);
  const roster = (await rosterReads.all(ctx.tx)).map((entry) => ({
    ...entry,
    phone: openListedPhone(ctx.vault, entry),
  }));
  const agents = (await agentReads.activeWithUnit(ctx.tx)).map(({ agent }) => ({
    id: agent.id,
    name: agent.name,
    phone: openPhone(ctx.vault, agent),
    unitId: agent.unitId,
  }));
  return { units, roster, agents };
}

/** Tells whether a plan still is the one that somebody has seen: p and 16 hexadecimal digits. */
export function planSign({ plan }: ImportPlan): string {
  const { changes, missing } = plan;
  const digest = createHash('sha256')
    .update(JSON.stringify([changes, missing]))
    .digest('hex');
  return `p${digest.slice(0, 16)}`;
}
