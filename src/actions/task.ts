/** The buttons of 任务. A form stands in the private chat of who fills it in: what is typed there is nobody else's yet. */
import { taskForm } from '../../cards/forms.ts';
import { taskFormCard } from '../../cards/task.ts';
import { taskStateWords } from '../../cards/words.ts';
import { Refused } from '../refusals.ts';
import { enqueueSheet } from '../services/message/enqueue.ts';
import { requireTask, updateTask } from '../services/task/update.ts';
import { drawTasks, type TasksAsked, viewTaskForm, viewTasks } from '../services/task/view.ts';
import { requireManagerOf } from '../services/unit/require-manager.ts';
import { type Action, success } from './action.ts';
import { readForm } from './form.ts';
import { placeOf, showInPlace, showPrivately } from './in-place.ts';

export const showTasks: Action<'task.show'> = async (ctx, { unitId, by, page }) => {
  const shown = await viewTasks(ctx, { unitId, by, ...(page === undefined ? {} : { page }) });
  return showInPlace(ctx, {
    ...(await placeOf(ctx, unitId)),
    card: drawTasks(shown),
    title: `${shown.unit.name}的任务`,
  });
};

/** 填 */
export const openTask: Action<'task.open'> = async (ctx, asked) => {
  const own = await requireTask(ctx, asked);
  return showPrivately(ctx, {
    said: `请填第${own.task.number}项`,
    card: taskFormCard(await viewTaskForm(ctx, { own })),
  });
};

/** 保存 */
export const saveTask: Action<'task.save'> = async (ctx, { taskId, unitId, seen }) => {
  const { state, text } = readForm(ctx.click.form, taskForm);
  if (state === undefined) throw new Refused('choice_unknown');
  const { kind, own } = await updateTask(ctx, { taskId, unitId, seen, state, text });
  if (kind === 'newer') {
    const card = taskFormCard(await viewTaskForm(ctx, { own, filled: { state, text } }));
    const shown = await showPrivately(ctx, { said: '有人先更新了', card });
    return { ...shown, toast: { type: 'warning', content: '没有保存：有人先更新了，您写的还在，请看清后再点保存' } };
  }
  const said = `第${own.task.number}项已保存：${taskStateWords[own.last?.state ?? state]}`;
  const asked: TasksAsked = { unitId, by: 'own', said };
  return showPrivately(ctx, { said, card: drawTasks(await viewTasks(ctx, asked)) });
};

/** 专项工作台账 */
export const exportTasks: Action<'task.export'> = async (ctx, { unitId }) => {
  const { agent } = await requireManagerOf(ctx, unitId);
  const order = { name: 'tasks' as const, unitId, agentId: agent.id, askedAt: ctx.now };
  await enqueueSheet(ctx, { target: agent.openId, order });
  return success('正在生成专项工作台账，做好就私信给您');
};
