import { and, asc, desc, eq, inArray, lte, max } from 'drizzle-orm';
import type { Tables, Tx } from '../database.ts';

export type TaskRow = Tables['tasks']['$inferSelect'];
export type NewTask = Tables['tasks']['$inferInsert'];
export type TaskUpdateRow = Tables['taskUpdates']['$inferSelect'];
export type NewTaskUpdate = Tables['taskUpdates']['$inferInsert'];

export const taskReads = {
  /** Every task in every version. */
  async all({ q, t }: Tx): Promise<TaskRow[]> {
    return q.select().from(t.tasks).orderBy(asc(t.tasks.id));
  },

  /** No plan was ever taken in. */
  async isEmpty({ q, t }: Tx): Promise<boolean> {
    return (await q.select({ id: t.tasks.id }).from(t.tasks).limit(1)).length === 0;
  },

  /** What stood with these units at the end of a day: of each task the newest update. */
  async standing({ q, t }: Tx, asked: { unitIds: readonly number[]; day: string }): Promise<TaskUpdateRow[]> {
    const { taskUpdates } = t;
    const newest = q
      .select({ id: max(taskUpdates.id) })
      .from(taskUpdates)
      .where(and(inArray(taskUpdates.unitId, [...asked.unitIds]), lte(taskUpdates.day, asked.day)))
      .groupBy(taskUpdates.unitId, taskUpdates.line);
    return q.select().from(taskUpdates).where(inArray(taskUpdates.id, newest));
  },

  /** What a unit has said of a task, the newest first. */
  async history({ q, t }: Tx, of: { line: number; unitId: number; limit: number }): Promise<TaskUpdateRow[]> {
    const { taskUpdates } = t;
    const ofBoth = and(eq(taskUpdates.line, of.line), eq(taskUpdates.unitId, of.unitId));
    return q.select().from(taskUpdates).where(ofBoth).orderBy(desc(taskUpdates.number)).limit(of.limit);
  },

  /** Everything that was ever said, for the check of the ledger. */
  async allUpdates({ q, t }: Tx): Promise<TaskUpdateRow[]> {
    return q.select().from(t.taskUpdates).orderBy(asc(t.taskUpdates.id));
  },
};

export const taskWrites = {
  async insert({ q, t }: Tx, task: NewTask): Promise<TaskRow> {
    const [row] = await q.insert(t.tasks).values(task).returning();
    if (!row) throw new Error('insert into tasks returned no row');
    return row;
  },

  async update({ q, t }: Tx, { id, set }: { id: number; set: Partial<NewTask> }): Promise<void> {
    await q.update(t.tasks).set(set).where(eq(t.tasks.id, id));
  },

  /** undefined when somebody else has written the update of that number. */
  async addUpdate({ q, t }: Tx, update: NewTaskUpdate): Promise<TaskUpdateRow | undefined> {
    const { line, unitId, number } = t.taskUpdates;
    const [row] = await q
      .insert(t.taskUpdates)
      .values(update)
      .onConflictDoNothing({ target: [line, unitId, number] })
      .returning();
    return row;
  },
};
