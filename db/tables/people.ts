/** Who and what there is: units, staff, the catalogue. */
import { sql } from 'drizzle-orm';
import { agentRoles, agentStatuses, employments } from '../../src/domain/agent.ts';
import { assistTypes } from '../../src/domain/case.ts';
import { type ItemLevel, unitLevels } from '../../src/domain/unit.ts';
import type { Kit } from '../sqlite/kit.ts';

export function peopleTables(kit: Kit) {
  const units = kit.table(
    'units',
    {
      id: kit.id(),
      /** Stable key of a seeded unit, so that seeding again finds it whatever its name has become. */
      code: kit.text('code').notNull().unique(),
      level: kit.text('level', { enum: unitLevels }).notNull(),
      name: kit.text('name').notNull(),
      center: kit.text('center').notNull(),
      parentId: kit.int('parent_id'),
      /** TT of the case number; towns only. */
      townNumber: kit.int('town_number'),
      /** 常住人口, from a list of units; null where none was given. */
      population: kit.int('population'),
      /** 蒙古文名称 as it was given, in the traditional script or in Cyrillic; null where none was. For printed papers. */
      nameMongolian: kit.text('name_mongolian'),
      chatId: kit.text('chat_id'),
      active: kit.bool('active').notNull().default(true),
    },
    (table) => [kit.index('units_parent').on(table.parentId), kit.index('units_chat').on(table.chatId)],
  );

  const agents = kit.table(
    'agents',
    {
      id: kit.id(),
      openId: kit.text('open_id').notNull().unique(),
      name: kit.text('name').notNull(),
      phoneSealed: kit.text('phone_sealed'),
      unitId: kit
        .int('unit_id')
        .notNull()
        .references(() => units.id),
      role: kit.text('role', { enum: agentRoles }).notNull(),
      employment: kit.text('employment', { enum: employments }).notNull(),
      status: kit.text('status', { enum: agentStatuses }).notNull(),
      appliedAt: kit.long('applied_at').notNull(),
      decidedAt: kit.long('decided_at'),
      decidedBy: kit.int('decided_by'),
      /** Why an application was refused, as its decider wrote it. */
      refusalSealed: kit.text('refusal_sealed'),
    },
    (table) => [kit.index('agents_unit').on(table.unitId, table.status)],
  );

  const serviceItems = kit.table('service_items', {
    id: kit.id(),
    /** 实施编码 as text: 31 or 33 characters, letters included. */
    code: kit.text('code').notNull().unique(),
    /** 序号 of the annex; one row of the source has none. */
    number: kit.int('number'),
    mainItem: kit.text('main_item').notNull(),
    subItem: kit.text('sub_item').notNull(),
    itemType: kit.text('item_type').notNull(),
    /** 常用叫法 that an imported list gives it, beside those that everybody knows; null: none. */
    commonNames: kit.json('common_names').$type<string[]>(),
  });

  /**
   * What an item promises, from one day to another: every version stays, and a case keeps the one it was registered under. Which one is in
   * force follows from the day alone, so that a planned one needs no job.
   */
  const itemVersions = kit.table(
    'item_versions',
    {
      id: kit.id(),
      itemId: kit
        .int('item_id')
        .notNull()
        .references(() => serviceItems.id),
      /** The first day on which it is in force (YYYY-MM-DD). */
      effectiveDay: kit.text('effective_day').notNull(),
      /** The first day on which it is not any more; null: until further notice. The same day: it was replaced or withdrawn before its day was over. */
      untilDay: kit.text('until_day'),
      /** 主管部门, as the catalogue calls it. */
      department: kit.text('department').notNull(),
      departmentUnitId: kit.int('department_unit_id').references(() => units.id),
      levels: kit.json('levels').$type<ItemLevel[]>().notNull(),
      assistType: kit.text('assist_type', { enum: assistTypes }).notNull(),
      /** Promised working days (承诺时限); null: nobody has said any, and those of the setting count. */
      workingDays: kit.int('working_days'),
      /** 所需材料, in the order in which they are told. */
      materials: kit.json('materials').$type<string[]>().notNull(),
      /** 办事指南; '' for none. */
      guide: kit.text('guide').notNull().default(''),
      active: kit.bool('active').notNull().default(true),
      madeAt: kit.long('made_at').notNull(),
      /** null: what a new installation knows. */
      madeBy: kit.int('made_by').references(() => agents.id),
      /** A planned one that was taken back before its day. */
      withdrawnAt: kit.long('withdrawn_at'),
      /** When the groups that it concerns were told of it; null: they are still to be told of it, or that it was withdrawn. */
      toldAt: kit.long('told_at'),
    },
    (table) => [
      kit.index('item_versions_untold').on(table.id).where(sql`told_at is null`),
      kit.index('item_versions_item').on(table.itemId, table.effectiveDay),
      kit.index('item_versions_department').on(table.departmentUnitId),
    ],
  );

  /** 名册: whom Annex 5 names, joined or not. */
  const roster = kit.table(
    'roster',
    {
      id: kit.id(),
      unitId: kit
        .int('unit_id')
        .notNull()
        .references(() => units.id),
      name: kit.text('name').notNull(),
      phoneSealed: kit.text('phone_sealed').notNull(),
      phoneHash: kit.text('phone_hash').notNull(),
      employment: kit.text('employment', { enum: employments }).notNull(),
      /** 人员身份（在编、聘用等）. */
      identity: kit.text('identity').notNull(),
      /** 帮办代办业务范围. */
      lines: kit.json('lines').$type<string[]>().notNull(),
      /** 帮办代办事项名称. */
      items: kit.json('items').$type<string[]>().notNull(),
      /** Whom of the staff it is; null until that person has joined. */
      agentId: kit.int('agent_id').references(() => agents.id),
      active: kit.bool('active').notNull().default(true),
    },
    (table) => [kit.index('roster_phone').on(table.phoneHash), kit.index('roster_unit').on(table.unitId, table.active)],
  );

  /** 代班: a colleague stands in for somebody from one day to another. */
  const standIns = kit.table(
    'stand_ins',
    {
      id: kit.id(),
      absentId: kit
        .int('absent_id')
        .notNull()
        .references(() => agents.id),
      standInId: kit
        .int('stand_in_id')
        .notNull()
        .references(() => agents.id),
      fromDay: kit.text('from_day').notNull(),
      /** Included. */
      toDay: kit.text('to_day').notNull(),
      namedBy: kit.int('named_by').notNull(),
      namedAt: kit.long('named_at').notNull(),
      /** Where it was ended before its last day was over. */
      endedAt: kit.long('ended_at'),
    },
    (table) => [
      kit.index('stand_ins_stand_in').on(table.standInId, table.toDay),
      kit.index('stand_ins_absent').on(table.absentId, table.toDay),
    ],
  );

  return { units, agents, serviceItems, itemVersions, roster, standIns };
}

export type PeopleTables = ReturnType<typeof peopleTables>;
