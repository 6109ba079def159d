/** What the plan asks for: its tasks, the checks of every center and station (七有), and what units say of both, day by day. */
import { type Check, evidenceKinds } from '../../src/domain/readiness.ts';
import { taskStates } from '../../src/domain/task.ts';
import type { Kit } from '../sqlite/kit.ts';
import type { PeopleTables } from './people.ts';

export function planTables(kit: Kit, { units, agents }: Pick<PeopleTables, 'units' | 'agents'>) {
  /** A task in one of its versions: what counted from one day to another. */
  const tasks = kit.table('tasks', {
    id: kit.id(),
    /** The id of its first version; null: this is the first. */
    line: kit.int('line'),
    /** 序号 in the plan. */
    number: kit.int('number').notNull(),
    title: kit.text('title').notNull(),
    /** Whose it is, see `src/domain/task.ts`. */
    responsible: kit.json('responsible').$type<string[]>().notNull(),
    /** The last day (YYYY-MM-DD); null: the plan names none. */
    dueDay: kit.text('due_day'),
    /** 持续推进: it goes on after its last day. */
    ongoing: kit.bool('ongoing').notNull(),
    /** Both included; null: it counts still. */
    fromDay: kit.text('from_day').notNull(),
    untilDay: kit.text('until_day'),
  });

  /** What a unit said of a task, one row each time: the newest is what stands. */
  const taskUpdates = kit.table(
    'task_updates',
    {
      id: kit.id(),
      line: kit
        .int('line')
        .notNull()
        .references(() => tasks.id),
      unitId: kit
        .int('unit_id')
        .notNull()
        .references(() => units.id),
      /** 1, 2, … of this task and unit: of two people at once, one is the next. */
      number: kit.int('number').notNull(),
      state: kit.text('state', { enum: taskStates }).notNull(),
      /** 完成情况 as it was written, without what could be somebody's number or address. */
      textSealed: kit.text('text_sealed'),
      day: kit.text('day').notNull(),
      at: kit.long('at').notNull(),
      by: kit
        .int('by_id')
        .notNull()
        .references(() => agents.id),
    },
    (table) => [
      kit.uniqueIndex('task_updates_number').on(table.line, table.unitId, table.number),
      kit.index('task_updates_unit').on(table.unitId, table.line, table.number),
    ],
  );

  /** A list of checks (七有): the newest whose day has come counts. */
  const readinessLists = kit.table('readiness_lists', {
    id: kit.id(),
    name: kit.text('name').notNull(),
    fromDay: kit.text('from_day').notNull(),
    checks: kit.json('checks').$type<Check[]>().notNull(),
    createdAt: kit.long('created_at').notNull(),
    /** null: a new installation knows it. */
    createdBy: kit.int('created_by').references(() => agents.id),
  });

  /** What was found of a check at a center or station, one row each time: the newest is what stands. */
  const readinessAnswers = kit.table(
    'readiness_answers',
    {
      id: kit.id(),
      unitId: kit
        .int('unit_id')
        .notNull()
        .references(() => units.id),
      /** Its name: a list that names it again goes on with what was found. */
      check: kit.text('check_name').notNull(),
      number: kit.int('number').notNull(),
      present: kit.bool('present').notNull(),
      noteSealed: kit.text('note_sealed'),
      day: kit.text('day').notNull(),
      at: kit.long('at').notNull(),
      by: kit
        .int('by_id')
        .notNull()
        .references(() => agents.id),
    },
    (table) => [kit.uniqueIndex('readiness_answers_number').on(table.unitId, table.check, table.number)],
  );

  /** Where photos of a task or check of a unit belong, with the key they are sealed under. */
  const evidencePlaces = kit.table(
    'evidence_places',
    {
      id: kit.id(),
      unitId: kit
        .int('unit_id')
        .notNull()
        .references(() => units.id),
      kind: kit.text('kind', { enum: evidenceKinds }).notNull(),
      /** Of a task its line, of a check its name. */
      ref: kit.text('ref').notNull(),
      wrappedKey: kit.text('wrapped_key').notNull(),
    },
    (table) => [kit.uniqueIndex('evidence_places_ref').on(table.unitId, table.kind, table.ref)],
  );

  return { tasks, taskUpdates, readinessLists, readinessAnswers, evidencePlaces };
}

export type PlanTables = ReturnType<typeof planTables>;
