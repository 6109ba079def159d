/** 任务: how the plan's tasks stand, of all units, of one, and the form of one task. Days are absolute: a card stays in its chat. */
import { dayPeriod } from '../src/domain/period.ts';
import type { TaskLight, TaskState } from '../src/domain/task.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { drawField } from './field.ts';
import { form, submit } from './form.ts';
import { taskForm } from './forms.ts';
import {
  bold,
  button,
  buttonColumn,
  card,
  columns,
  facts,
  hr,
  notation,
  pageTurns,
  panel,
  paragraph,
  redLine,
  type TextColor,
  twoLines,
} from './kit.ts';
import { taskLightWords, taskStateWords } from './words.ts';

export type TaskCounts = Readonly<Record<TaskLight, number>> & { readonly total: number };

const ROWS_MAX = 22;

const lightColors: Readonly<Record<TaskLight, TextColor>> = {
  done: 'green',
  onTrack: 'default',
  atRisk: 'orange',
  late: 'red',
};

/** Of all units below one, told apart by unit or by task. */
export interface TaskBoardView {
  readonly unitId: number;
  readonly unit: string;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly by: 'unit' | 'task';
  readonly counts: TaskCounts;
  /** `unitId`: whose tasks open behind the row. */
  readonly rows: readonly { readonly name: string; readonly counts: TaskCounts; readonly unitId: number | null }[];
}

/** The answer to /任务 above several units. */
export function taskBoardCard(view: TaskBoardView): Card {
  const { unitId, by, rows } = view;
  const other = by === 'unit' ? ('task' as const) : ('unit' as const);
  const shown = rows.slice(0, ROWS_MAX);
  return card({
    ...frameOf(view),
    elements: [
      countFacts(view.counts),
      ...shown.map(({ name, counts, unitId: opens }) =>
        columns([
          { weight: 4, elements: [twoLines(name, { text: countLine(counts), color: colorOf(counts) })] },
          ...(opens === null
            ? []
            : [buttonColumn('打开', encodeAction({ action: 'task.show', unitId: opens, by: 'own' }))]),
        ]),
      ),
      ...(rows.length > shown.length ? [notation(`还有${rows.length - shown.length}行，见专项工作台账。`)] : []),
      hr(),
      button({
        label: by === 'unit' ? '按任务看' : '按单位看',
        value: encodeAction({ action: 'task.show', unitId, by: other }),
      }),
      exportButton(unitId),
      notation('红：过了完成时限；黄：15天内到期。专项工作台账是 Excel，列出每项任务、每个单位的进展和依据。'),
    ],
  });
}

/** The tasks of one unit. */
export interface TaskListView {
  readonly unitId: number;
  readonly unit: string;
  readonly day: string;
  readonly counts: TaskCounts;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly tasks: readonly TaskLine[];
  /** What was just done. */
  readonly said?: string;
}

export interface TaskLine {
  readonly taskId: number;
  readonly number: number;
  readonly title: string;
  /** 2022年12月31日前，持续推进. */
  readonly due: string;
  readonly state: TaskState;
  readonly light: TaskLight;
  /** Units that the tree does not have and this one keeps the task for. */
  readonly insteadOf: readonly string[];
}

/** The answer to /任务 of a unit of its own. */
export function taskListCard(view: TaskListView): Card {
  const { unitId, tasks, page, pages, said } = view;
  const turn = (to: number) => encodeAction({ action: 'task.show', unitId, by: 'own', page: to });
  return card({
    ...frameOf(view),
    elements: [
      ...(said === undefined ? [] : [paragraph(said, { color: 'green', max: 80 })]),
      ...(tasks.length === 0 ? [paragraph('现行方案里没有这个单位的任务。')] : [countFacts(view.counts)]),
      ...tasks.map((task) => taskRow(unitId, task)),
      ...pageTurns({ page, more: page + 1 < pages, pages }, turn),
      ...(tasks.length === 0
        ? []
        : [hr(), exportButton(unitId), notation('点“填”更新进展、写完成情况、传照片或PDF；每次更新都记入台账。')]),
    ],
  });
}

function taskRow(unitId: number, task: TaskLine): CardElement {
  const { taskId, number, title, due, state, light, insteadOf } = task;
  const word = light === 'late' || light === 'atRisk' ? `${taskLightWords[light]} · ` : '';
  const whose = insteadOf.length === 0 ? '' : `（代${insteadOf.join('、')}）`;
  return columns([
    {
      weight: 5,
      elements: [
        twoLines(`${number}. ${title}${whose}`, {
          text: `${word}${taskStateWords[state]} · ${due}`,
          color: lightColors[light],
        }),
      ],
    },
    buttonColumn('填', encodeAction({ action: 'task.open', taskId, unitId })),
  ]);
}

/** One task of a unit, for who may say how it stands. */
export interface TaskFormView {
  readonly taskId: number;
  readonly unitId: number;
  readonly unit: string;
  readonly number: number;
  readonly title: string;
  readonly responsible: string;
  readonly due: string;
  readonly light: TaskLight;
  /** Those that may be said. */
  readonly states: readonly TaskState[];
  /** What was said last and before, the newest first. */
  readonly said: readonly TaskSaidLine[];
  readonly seen: number;
  /** Kept. */
  readonly photos: number;
  /** In the form. */
  readonly filled: { readonly state: TaskState; readonly text: string };
  /** Somebody has said something else since the form was opened. */
  readonly newer: boolean;
}

export interface TaskSaidLine {
  readonly state: TaskState;
  readonly by: string;
  /** 2026年11月23日. */
  readonly when: string;
  readonly text: string;
}

export function taskFormCard(view: TaskFormView): Card {
  const { taskId, unitId, number, title, light, seen, filled, said } = view;
  const [last, ...before] = said;
  return card({
    title: `任务${number}`,
    subtitle: view.unit,
    color: light === 'late' ? 'red' : light === 'atRisk' ? 'orange' : 'blue',
    mark: taskLightWords[light],
    summary: `任务${number}：${view.unit}`,
    elements: [
      bold(title, 80),
      ...facts([
        { label: '责任单位', value: view.responsible, max: 80 },
        { label: '完成时限', value: view.due },
      ]),
      ...(view.newer ? [redLine('没有保存：您打开以后，有人先更新了。请看清下面的“现在”，再点保存。')] : []),
      ...(last ? facts([{ label: '现在', value: saidWords(last), max: 300 }]) : [notation('还没有人填过。')]),
      form('taskForm', [
        ...drawField(taskForm, 'state', {
          value: filled.state,
          options: view.states.map((state) => ({ value: state, text: taskStateWords[state] })),
        }),
        ...drawField(taskForm, 'text', { value: filled.text }),
        notation('不要写群众的姓名、电话、住址；号码会自动隐去。选“已完成”要写完成情况。'),
        submit({
          label: '保存',
          value: encodeAction({ action: 'task.save', taskId, unitId, seen }),
          type: 'primary_filled',
        }),
      ]),
      button({ label: '传照片或PDF', value: encodeAction({ action: 'task.photo', taskId, unitId }) }),
      ...(view.photos === 0
        ? []
        : [
            button({
              label: `看照片（${view.photos}份）`,
              value: encodeAction({ action: 'task.photos', taskId, unitId }),
            }),
          ]),
      ...(before.length === 0
        ? []
        : [
            panel(
              '以前的更新',
              before.map((line) => notation(saidWords(line), 300)),
            ),
          ]),
      button({ label: '回到任务', value: encodeAction({ action: 'task.show', unitId, by: 'own' }) }),
    ],
  });
}

function saidWords({ state, by, when, text }: TaskSaidLine): string {
  return `${taskStateWords[state]}（${by}，${when}）${text === '' ? '' : `：${text}`}`;
}

function frameOf({ unit, day, counts }: { unit: string; day: string; counts: TaskCounts }) {
  const { label } = dayPeriod(day);
  return {
    title: '任务',
    subtitle: `${unit} ${label}`,
    color: counts.late > 0 ? ('red' as const) : counts.atRisk > 0 ? ('orange' as const) : ('green' as const),
    summary: `任务：${unit} ${label}`,
  };
}

function countFacts(counts: TaskCounts): CardElement {
  return paragraph(`共${counts.total}项：${countLine(counts)}`, { max: 80 });
}

function countLine({ done, onTrack, atRisk, late }: TaskCounts): string {
  const parts = [
    [late, taskLightWords.late],
    [atRisk, taskLightWords.atRisk],
    [onTrack, taskLightWords.onTrack],
    [done, taskLightWords.done],
  ] as const;
  const shown = parts.filter(([count]) => count > 0).map(([count, word]) => `${word}${count}项`);
  return shown.length === 0 ? '没有任务' : shown.join(' · ');
}

function colorOf({ late, atRisk }: TaskCounts): TextColor {
  return late > 0 ? 'red' : atRisk > 0 ? 'orange' : 'default';
}

function exportButton(unitId: number): CardElement {
  return button({
    label: '专项工作台账',
    value: encodeAction({ action: 'task.export', unitId }),
    type: 'primary_filled',
  });
}
