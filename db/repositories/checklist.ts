/** What is missing before everything can work: how many, and the first of them by name. */
import { and, asc, eq, inArray, isNull, notExists, type SQL } from 'drizzle-orm';
import type { UnitLevel } from '../../src/domain/unit.ts';
import type { Tx } from '../database.ts';
import { type ItemRow, itemReads } from './item.ts';

/** `total` counts all of them, `names` are the first. */
export interface Missing {
  readonly total: number;
  readonly names: readonly string[];
}

const NAMES_MAX = 3;

export const checklistReads = {
  /** Active units that no group stands for. */
  async withoutGroup(tx: Tx, levels: readonly UnitLevel[]): Promise<Missing> {
    return missingUnits(tx, levels, isNull(tx.t.units.chatId));
  },

  /** Active units where nobody works. */
  async withoutStaff(tx: Tx, levels: readonly UnitLevel[]): Promise<Missing> {
    return missingUnits(tx, levels, nobodyOf(tx));
  },

  /** Active units that nobody can be reached in: no group, and nobody who works there. */
  async outOfReach(tx: Tx, levels: readonly UnitLevel[]): Promise<Missing> {
    return missingUnits(tx, levels, and(isNull(tx.t.units.chatId), nobodyOf(tx)));
  },

  /** Active units that nobody manages from within. */
  async withoutManager(tx: Tx, levels: readonly UnitLevel[]): Promise<Missing> {
    return missingUnits(tx, levels, nobodyOf(tx, inArray(tx.t.agents.role, ['manager', 'admin'])));
  },

  /** Items of the catalogue that say nothing of the papers to bring, and those that say nothing of the days they take. */
  async itemsThatSayNothing(tx: Tx, day: string): Promise<{ materials: MissingItems; workingDays: MissingItems }> {
    const items = await itemReads.active(tx, day);
    return {
      materials: missingItems(items.filter(({ materials }) => materials.length === 0)),
      workingDays: missingItems(items.filter(({ workingDays }) => workingDays === null)),
    };
  },
};

/** `firstId`: of the first that is named; undefined when there is none. */
interface MissingItems extends Missing {
  readonly firstId: number | undefined;
}

function missingItems(items: readonly ItemRow[]): MissingItems {
  const names = items.slice(0, NAMES_MAX).map(({ subItem }) => subItem);
  return { total: items.length, names, firstId: items[0]?.id };
}

async function missingUnits({ q, t }: Tx, levels: readonly UnitLevel[], lacks: SQL | undefined): Promise<Missing> {
  const { active, id, level, name } = t.units;
  const missing = and(inArray(level, [...levels]), eq(active, true), lacks);
  const names = q.select({ name }).from(t.units).where(missing).orderBy(asc(id)).limit(NAMES_MAX);
  return { total: await q.$count(t.units, missing), names: (await names).map((unit) => unit.name) };
}

function nobodyOf({ q, t }: Tx, who?: SQL): SQL {
  const working = and(eq(t.agents.unitId, t.units.id), eq(t.agents.status, 'active'), who);
  return notExists(q.select({ id: t.agents.id }).from(t.agents).where(working));
}
