import { type TaskUpdateRow, taskReads, taskWrites } from '../../../db/repositories/task.ts';
import { lineOf, type UnitRow, unitReads } from '../../../db/repositories/unit.ts';
import { type Ctx, personOf, type Reading, requireStaff, type Staff, today } from '../../ctx.ts';
import { may, onBehalfOf } from '../../domain/rights.ts';
import { statesFor, type Task, type TaskState, unitsOf } from '../../domain/task.ts';
import { saysNothing } from '../../domain/typed.ts';
import { Refused } from '../../refusals.ts';
import { chainOfUnit } from '../agent/approvers.ts';
import { type RecordOpener, recordOpener } from '../data-key/record-keys.ts';
import { hideResidents } from '../hide-residents.ts';
import { appendLedger } from '../ledger/append.ts';
import { tasksOn } from './standing.ts';

/** A task of one unit, as somebody asks for it who may write it. */
export interface OwnTask {
  readonly staff: Staff;
  readonly task: Task;
  readonly unit: UnitRow;
  /** The colleague in whose right it is written; undefined: in the own. */
  readonly standsInFor: number | undefined;
  /** The newest update. */
  readonly last: TaskUpdateRow | undefined;
}

/**
 * The task for somebody who may say how it stands: the managers of the unit and of those above it. Refuses `task_gone`,
 * `task_not_of_unit` and `task_not_yours`. @param asked.taskId any version of it.
 */
export async function requireTask(ctx: Ctx, asked: { taskId: number; unitId: number }): Promise<OwnTask> {
  const staff = requireStaff(ctx);
  const units = await unitReads.all(ctx.tx);
  const unit = units.find(({ id }) => id === asked.unitId);
  const rows = await taskReads.all(ctx.tx);
  const version = rows.find(({ id }) => id === asked.taskId);
  const task = version && tasksOn(rows, today(ctx)).find(({ line }) => line === (version.line ?? version.id));
  if (!task || !unit) throw new Refused('task_gone');
  if (!unitsOf(task.responsible, units).some(({ unitId }) => unitId === unit.id)) {
    throw new Refused('task_not_of_unit', { unit: unit.name, number: String(task.number) });
  }
  const subject = { unitLine: lineOf(unit.id, units).map(({ id }) => id) };
  if (!may('keepTasks', personOf(staff), subject)) throw new Refused('task_not_yours', { unit: unit.name });
  const standsInFor = onBehalfOf('keepTasks', personOf(staff), subject);
  const [last] = await taskReads.history(ctx.tx, { line: task.line, unitId: unit.id, limit: 1 });
  return { staff, task, unit, standsInFor, last };
}

export type TaskSaved =
  | { readonly kind: 'saved'; readonly own: OwnTask }
  /** Nothing was done: somebody has said something else since the form was drawn. */
  | { readonly kind: 'newer'; readonly own: OwnTask };

/**
 * Says how a task of a unit stands, with what was done. Of two people who send at once one is told of the other; the same press twice
 * counts once. Refuses as `requireTask`, besides `task_not_ongoing`, `task_needs_words` and `task_unchanged`.
 * @param input.seen the number of the update that the form showed, 0 for none.
 */
export async function updateTask(
  ctx: Ctx,
  input: { taskId: number; unitId: number; seen: number; state: TaskState; text: string },
): Promise<TaskSaved> {
  const own = await requireTask(ctx, input);
  const { task, unit, standsInFor, last, staff } = own;
  const { state } = input;
  const { text } = await hideResidents(ctx, { text: input.text, unitId: unit.id });
  const present = last ? openUpdate(await recordOpener(ctx), last) : '';
  const same = state === (last?.state ?? 'notStarted') && text === present;
  if ((last?.number ?? 0) !== input.seen) {
    return { kind: same && last?.by === staff.agent.id ? 'saved' : 'newer', own };
  }
  if (!statesFor(task).includes(state)) throw new Refused('task_not_ongoing', { number: String(task.number) });
  if (same) throw new Refused('task_unchanged');
  if ((state === 'done' || state === 'ongoing') && saysNothing(text)) throw new Refused('task_needs_words');
  const number = input.seen + 1;
  const place = { line: task.line, unitId: unit.id, number };
  const textSealed = text === '' ? null : ctx.vault.records.seal(contextOf(place), text);
  const written = { ...place, state, textSealed, day: today(ctx), at: ctx.now, by: staff.agent.id };
  const row = await taskWrites.addUpdate(ctx.tx, written);
  if (!row) return { kind: 'newer', own: await requireTask(ctx, input) };
  await appendLedger(ctx, {
    townId: await chainOfUnit(ctx, unit.id),
    caseId: null,
    kind: 'updateTask',
    payload: { ...place, state, day: row.day, updateId: row.id, standsInFor },
    ...(textSealed === null ? {} : { sealed: textSealed }),
  });
  return { kind: 'saved', own: { ...own, last: row } };
}

/** What was written of it; '' where nothing was. @throws when it was sealed for another row. By the record key: its entry holds the same. */
export function openUpdate(
  opener: RecordOpener,
  update: Pick<TaskUpdateRow, 'line' | 'unitId' | 'number' | 'textSealed'>,
): string {
  return update.textSealed === null ? '' : opener(contextOf(update), update.textSealed);
}

function contextOf({ line, unitId, number }: Pick<TaskUpdateRow, 'line' | 'unitId' | 'number'>): string {
  return `task_updates.text:${line}:${unitId}:${number}`;
}

/** What was said of the task before, the newest first. */
export function historyOf(
  ctx: Reading,
  { task, unit, limit }: Pick<OwnTask, 'task' | 'unit'> & { limit: number },
): Promise<TaskUpdateRow[]> {
  return taskReads.history(ctx.tx, { line: task.line, unitId: unit.id, limit });
}
