/**
 * The banner's units and the catalogue of Annex 1, as the government's plan of 2022 publishes them. Seeding again adds what is
 * missing and changes nothing else, so what an administrator has changed stays.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { itemLevels, type UnitLevel } from '../../src/domain/unit.ts';
import type { Tx } from '../client.ts';
import { itemWrites } from '../repositories/item.ts';
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

const BANNER = 'banner';

/** Seeds units first, because items name the departments that own them. */
export async function seed(tx: Tx): Promise<void> {
  await seedUnits(tx);
  await seedCatalogue(tx);
}

async function seedUnits(tx: Tx): Promise<void> {
  const units = unitsSchema.parse(readSeed('units.json'));
  await unitWrites.addIfMissing(tx, { ...named(BANNER, 'banner', units.banner), parentId: null });
  const bannerId = await idOf(tx, BANNER);
  for (const [index, town] of units.towns.entries()) {
    const code = `town:${town.name}`;
    await unitWrites.addIfMissing(tx, { ...named(code, 'town', town), parentId: bannerId, townNumber: index + 1 });
  }
  for (const village of units.villages) {
    const center = `${village.name}便民服务站`;
    const parentId = await idOf(tx, `town:${village.town}`);
    const code = `village:${village.town}/${village.name}`;
    await unitWrites.addIfMissing(tx, { ...named(code, 'village', { name: village.name, center }), parentId });
  }
  for (const name of units.departments) {
    const code = departmentCode(name);
    await unitWrites.addIfMissing(tx, { ...named(code, 'department', { name, center: name }), parentId: bannerId });
  }
}

async function seedCatalogue(tx: Tx): Promise<void> {
  for (const row of catalogueSchema.parse(readSeed('catalogue.json'))) {
    const owner = await unitReads.byCode(tx, departmentCode(row.department));
    await itemWrites.addIfMissing(tx, {
      code: row.implementationCode,
      number: row.number,
      department: row.department,
      departmentUnitId: owner?.id ?? null,
      mainItem: row.mainItem,
      subItem: row.subItem,
      itemType: row.itemType,
      levels: row.levels,
      assistType: row.assistType === '延伸帮办代办' ? 'extended' : 'local',
      materials: [],
    });
  }
}

function named(code: string, level: UnitLevel, unit: { name: string; center: string }): NewUnit {
  return { code, level, name: unit.name, center: unit.center };
}

function departmentCode(name: string): string {
  return `department:${name}`;
}

async function idOf(tx: Tx, code: string): Promise<number> {
  const unit = await unitReads.byCode(tx, code);
  if (!unit) throw new Error(`seed names the unit ${code}, which does not exist`);
  return unit.id;
}

function readSeed(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}
