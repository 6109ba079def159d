/**
 * The banner's units, the catalogue of Annex 1, the tasks and the seven checks (七有), as the government's plan of 2022 publishes them. Seeding again adds what is
 * missing and changes nothing else, so what an administrator has changed stays.
 */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { programFile } from '../../build/program-file.ts';
import { FIRST_DAY } from '../../src/domain/item-version.ts';
import { OTHER_ITEM_CODE } from '../../src/domain/other-errand.ts';
import { itemLevels, type UnitLevel } from '../../src/domain/unit.ts';
import type { Tx } from '../database.ts';
import { itemReads, itemWrites } from '../repositories/item.ts';
import { readinessReads, readinessWrites } from '../repositories/readiness.ts';
import { taskReads, taskWrites } from '../repositories/task.ts';
import { type NewUnit, unitReads, unitWrites } from '../repositories/unit.ts';

const unitsSchema = z.object({
  banner: z.object({ name: z.string(), office: z.string(), center: z.string() }),
  towns: z.array(z.object({ name: z.string(), center: z.string() })),
  villages: z.array(z.object({ name: z.string(), town: z.string() })),
  departments: z.array(z.string()),
});

const catalogueSchema = z.array(
  z.object({
    number: z.number().int().nullable(),
    department: z.string(),
    mainItem: z.string(),
    subItem: z.string(),
    implementationCode: z.string(),
    itemType: z.string(),
    levels: z.array(z.enum(itemLevels)),
    assistType: z.enum(['本级帮办代办', '延伸帮办代办']),
  }),
);

/** Whose a task is stands there as it is kept, see `src/domain/task.ts`. */
const planSchema = z.object({
  from: z.string(),
  tasks: z.array(
    z.object({
      number: z.number().int(),
      title: z.string(),
      responsible: z.array(z.string()),
      due: z.string(),
      ongoing: z.boolean(),
    }),
  ),
  readiness: z.object({ name: z.string(), checks: z.array(z.object({ name: z.string(), hint: z.string() })) }),
});

const BANNER = 'banner';

/** Seeds units first, because items name the departments that own them. Runs at every start: four queries when nothing is missing. */
export async function seed(tx: Tx): Promise<void> {
  const unitIds = await seedUnits(tx);
  await seedCatalogue(tx, unitIds);
  await seedPlan(tx);
}

/** Both are versions: once there are any, others come by an import. */
async function seedPlan(tx: Tx): Promise<void> {
  const withoutTasks = await taskReads.isEmpty(tx);
  const withoutChecks = (await readinessReads.lists(tx)).length === 0;
  if (!withoutTasks && !withoutChecks) return;
  const plan = planSchema.parse(readSeed('plan.json'));
  if (withoutTasks) {
    for (const { due, ...task } of plan.tasks) {
      await taskWrites.insert(tx, { ...task, dueDay: due, fromDay: plan.from });
    }
  }
  if (withoutChecks) {
    await readinessWrites.insertList(tx, { ...plan.readiness, fromDay: plan.from, createdAt: 0 });
  }
}

/** Returns every unit's id by its code. */
async function seedUnits(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const units = unitsSchema.parse(readSeed('units.json'));
  const ids = await unitReads.idsByCode(tx);
  async function add(unit: NewUnit, parentCode?: string): Promise<void> {
    if (ids.has(unit.code)) return;
    const parentId = parentCode === undefined ? null : idOf(ids, parentCode);
    await unitWrites.addIfMissing(tx, { ...unit, parentId });
    const added = await unitReads.byCode(tx, unit.code);
    if (added) ids.set(added.code, added.id);
  }
  await add(named(BANNER, 'banner', units.banner));
  for (const [index, town] of units.towns.entries()) {
    await add({ ...named(`town:${town.name}`, 'town', town), townNumber: index + 1 }, BANNER);
  }
  for (const { name, town } of units.villages) {
    const village = named(`village:${town}/${name}`, 'village', { name, center: `${name}便民服务站` });
    await add(village, `town:${town}`);
  }
  for (const name of units.departments) {
    await add(named(departmentCode(name), 'department', { name, center: name }), BANNER);
  }
  return ids;
}

async function seedCatalogue(tx: Tx, unitIds: ReadonlyMap<string, number>): Promise<void> {
  const known = await itemReads.codes(tx);
  for (const row of catalogueSchema.parse(readSeed('catalogue.json'))) {
    if (known.has(row.implementationCode)) continue;
    const { department, number, mainItem, subItem, itemType, levels } = row;
    await itemWrites.addIfMissing(tx, {
      names: { code: row.implementationCode, number, mainItem, subItem, itemType },
      version: {
        ...firstVersion,
        ...{ department, levels },
        departmentUnitId: unitIds.get(departmentCode(department)) ?? null,
        assistType: row.assistType === '延伸帮办代办' ? 'extended' : 'local',
      },
    });
  }
  if (!known.has(OTHER_ITEM_CODE)) await itemWrites.addIfMissing(tx, otherItem);
}

/** Nobody made it, and it has been in force since the plan was. */
const firstVersion = { effectiveDay: FIRST_DAY, materials: [], madeAt: 0, madeBy: null, toldAt: 0 };

/** Stands for every errand that the catalogue does not list; done in the village or the town. */
const otherItem: Parameters<typeof itemWrites.addIfMissing>[1] = {
  names: { code: OTHER_ITEM_CODE, number: null, mainItem: '其他事项', subItem: '其他事项', itemType: '其他事项' },
  version: {
    ...firstVersion,
    ...{ department: '其他事项', departmentUnitId: null, levels: ['镇级', '村级'], assistType: 'local' },
  },
};

function named(code: string, level: UnitLevel, unit: { name: string; center: string }): NewUnit {
  return { code, level, name: unit.name, center: unit.center };
}

function departmentCode(name: string): string {
  return `department:${name}`;
}

function idOf(ids: ReadonlyMap<string, number>, code: string): number {
  const id = ids.get(code);
  if (id === undefined) throw new Error(`seed names the unit ${code}, which does not exist`);
  return id;
}

function readSeed(file: string): unknown {
  return JSON.parse(readFileSync(programFile(`db/seed/${file}`), 'utf8'));
}
