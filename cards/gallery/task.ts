/** The gallery's cards of /任务. */
import {
  type TaskBoardView,
  type TaskCounts,
  type TaskFormView,
  type TaskListView,
  taskBoardCard,
  taskFormCard,
  taskListCard,
} from '../task.ts';
import type { NounGallery } from './gallery-card.ts';

function counts(done: number, onTrack: number, atRisk: number, late: number): TaskCounts {
  return { done, onTrack, atRisk, late, total: done + onTrack + atRisk + late };
}

const board: TaskBoardView = {
  unitId: 1,
  unit: '鄂温克族自治旗',
  day: '2026-11-29',
  by: 'unit',
  counts: counts(31, 12, 4, 3),
  rows: [
    { name: '鄂温克族自治旗', counts: counts(9, 2, 0, 1), unitId: 1 },
    { name: '巴彦托海镇', counts: counts(11, 2, 1, 0), unitId: 2 },
    { name: '大雁镇', counts: counts(8, 4, 0, 2), unitId: 3 },
    { name: '民政部门', counts: counts(3, 4, 3, 0), unitId: 12 },
  ],
};

const byTask: TaskBoardView = {
  ...board,
  by: 'task',
  rows: [
    { name: '9. 便民服务中心（站）设立挂牌', counts: counts(7, 0, 0, 3), unitId: null },
    { name: '10. “七有”软硬件设施', counts: counts(10, 0, 0, 0), unitId: null },
  ],
};

const task = {
  taskId: 9,
  number: 9,
  title: '便民服务中心（站）设立挂牌',
  due: '2026年12月31日前',
  state: 'underWay',
  light: 'onTrack',
  insteadOf: [],
} as const;

const list: TaskListView = {
  unitId: 2,
  unit: '巴彦托海镇',
  day: '2026-11-29',
  counts: counts(1, 1, 1, 1),
  page: 0,
  pages: 1,
  said: '第10项已保存：已完成',
  tasks: [
    task,
    { ...task, taskId: 10, number: 10, title: '“七有”软硬件设施', state: 'done', light: 'done' },
    {
      ...task,
      taskId: 13,
      number: 13,
      title: '电子政务外网接入',
      light: 'atRisk',
      due: '2026年12月5日前',
      insteadOf: ['旗工信局'],
    },
    {
      ...task,
      taskId: 14,
      number: 14,
      title: '自助查询办理终端延伸',
      state: 'notStarted',
      light: 'late',
      due: '2026年6月30日前，持续推进',
    },
  ],
};

const said = {
  state: 'underWay',
  by: '包主任',
  when: '2026年11月23日',
  text: '十个站挂了八个，还差两个，下周挂完',
} as const;

const formView: TaskFormView = {
  taskId: 9,
  unitId: 2,
  unit: '巴彦托海镇',
  number: 9,
  title: task.title,
  responsible: '苏木乡镇人民政府',
  due: task.due,
  light: 'atRisk',
  states: ['notStarted', 'underWay', 'done'],
  said: [said, { ...said, state: 'notStarted', text: '' }],
  seen: 2,
  photos: 3,
  filled: { state: 'underWay', text: said.text },
  newer: false,
};

export const taskGallery: NounGallery = {
  ordinary: [
    { name: 'tasks-board', title: '任务：各单位', card: taskBoardCard(board) },
    { name: 'tasks-by-task', title: '任务：按任务', card: taskBoardCard(byTask) },
    { name: 'tasks-list', title: '任务：一个单位', card: taskListCard(list) },
    {
      name: 'tasks-none',
      title: '任务：没有',
      card: taskListCard({ ...list, counts: counts(0, 0, 0, 0), tasks: [], said: '' }),
    },
    { name: 'task-form', title: '填任务', card: taskFormCard(formView) },
    { name: 'task-form-newer', title: '填任务：有人先更新了', card: taskFormCard({ ...formView, newer: true }) },
  ],
  extreme: (text) => [
    {
      name: 'tasks-board',
      title: '任务：各单位',
      card: taskBoardCard({
        ...board,
        unit: text,
        rows: Array.from({ length: 400 }, () => ({
          name: text,
          counts: counts(9999, 9999, 9999, 9999),
          unitId: 999_999,
        })),
      }),
    },
    {
      name: 'tasks-list',
      title: '任务：一个单位',
      card: taskListCard({
        ...list,
        unit: text,
        said: text,
        page: 1,
        pages: 9,
        tasks: Array.from({ length: 16 }, () => ({ ...task, title: text, due: text, insteadOf: [text, text] })),
      }),
    },
    {
      name: 'task-form',
      title: '填任务',
      card: taskFormCard({
        ...formView,
        unit: text,
        title: text,
        responsible: text,
        newer: true,
        said: Array.from({ length: 4 }, () => ({ ...said, by: text, text })),
        filled: { state: 'done', text },
      }),
    },
  ],
};
