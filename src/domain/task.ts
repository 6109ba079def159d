/** The plan's tasks (方案二): whose each is, by when, and how it stands with a unit on a day. */
import { addDays } from './calendar.ts';
import { inPrintedWords, levelNames, local } from './level-names.ts';
import { normalised } from './typed.ts';
import type { UnitLevel } from './unit.ts';

/** 未开始, 进行中, 已完成, 持续推进. */
export const taskStates = ['notStarted', 'underWay', 'done', 'ongoing'] as const;
export type TaskState = (typeof taskStates)[number];

/** A task in the version that counts on a day. */
export interface Task {
  readonly id: number;
  /** The id of its first version: what units said belongs to it whatever the version. */
  readonly line: number;
  readonly number: number;
  readonly title: string;
  readonly responsible: readonly string[];
  /** YYYY-MM-DD; null: the plan names none. */
  readonly dueDay: string | null;
  readonly ongoing: boolean;
}

/** Days before a task's last day on which it turns yellow. */
export const WARNING_DAYS = 15;

/**
 * `done`: it is done. `onTrack`: time is left, or it is carried on after its last day as the plan wants. `atRisk` (yellow): its last
 * day comes within 15 days. `late` (red): its last day has passed.
 */
export const taskLights = ['done', 'onTrack', 'atRisk', 'late'] as const;
export type TaskLight = (typeof taskLights)[number];

export function lightOf(
  { dueDay, ongoing, state }: Pick<Task, 'dueDay' | 'ongoing'> & { readonly state: TaskState },
  today: string,
): TaskLight {
  if (state === 'done') return 'done';
  if ((state === 'ongoing' && ongoing) || dueDay === null) return 'onTrack';
  if (dueDay < today) return 'late';
  return dueDay <= addDays(today, WARNING_DAYS) ? 'atRisk' : 'onTrack';
}

/** The states that may be said of a task: 持续推进 only where the plan has it. */
export function statesFor({ ongoing }: Pick<Task, 'ongoing'>): readonly TaskState[] {
  return taskStates.filter((state) => state !== 'ongoing' || ongoing);
}

/** A version that counted from one day to another. */
export interface TaskVersion {
  readonly fromDay: string;
  readonly untilDay: string | null;
}

export function countsOn({ fromDay, untilDay }: TaskVersion, day: string): boolean {
  return fromDay <= day && (untilDay === null || day <= untilDay);
}

/**
 * Whose a task is, as it is kept: `office` (旗政务服务局), `departments`, `towns`, `villages`, `unit:7`, or `named:旗工信局` for one that the
 * tree of units does not have.
 */
export type Responsible = 'office' | 'departments' | 'towns' | 'villages' | `unit:${number}` | `named:${string}`;

/** A unit as it is matched against the plan's words. */
export interface TaskUnit {
  readonly id: number;
  readonly level: UnitLevel;
  readonly name: string;
  readonly center: string;
  readonly active: boolean;
}

const groups: readonly (readonly [RegExp, Responsible])[] = [
  [/^(?:各|全旗)*苏木乡?镇?(?:街道)?(?:人民)?(?:政府)?$|^(?:各|全旗)*乡镇(?:街道)?(?:人民)?(?:政府)?$/, 'towns'],
  [/^(?:各|全旗)*(?:嘎查社区?|嘎查|社区|嘎查村|村社区)$/, 'villages'],
  [/^(?:[旗县市区]直)(?:各|有关|相关)*(?:部门|单位)+$|^(?:各|有关|相关)+(?:部门|单位)+$|^部门$/, 'departments'],
  [/^[旗县市区]?(?:行政审批和?)?政务服务(?:和?与?数据管理|和?与?大数据)?(?:局|中心)$/, 'office'],
];

/** 旗直相关部门、单位 is printed so: the second word belongs to the first. */
const ALONE = /^(?:有关|相关)?单位$/;

const levelOfGroup: Partial<Record<string, UnitLevel>> = {
  departments: 'department',
  towns: 'town',
  villages: 'village',
};

/** The words of a 责任单位 cell, one for each unit or group of units. */
export function responsibleWords(text: string): string[] {
  const words = normalised(text, 'NFKC')
    .split(/[、,;/\n\r]+|(?<=[局府门位区镇])和(?=[旗各苏嘎])/u)
    .map((word) => word.replace(/[\s()。.]+/gu, '').replace(/^责任单位:?/u, ''))
    .filter((word) => word !== '');
  return words.filter((word, index) => index === 0 || !ALONE.test(word));
}

/** One word of it as it is kept; undefined when no unit in use is meant. */
export function responsibleNamed(word: string, units: readonly TaskUnit[]): Responsible | undefined {
  const group = groupNamed(word) ?? groupNamed(inPrintedWords(word, levelNames()));
  if (group !== undefined) return group;
  const inUse = units.filter(({ active }) => active);
  const banner = inUse.find(({ level, name, center }) => level === 'banner' && (name === word || center === word));
  if (banner) return 'office';
  const named = inUse.filter(({ name, center }) => name === word || center === word);
  const departments = inUse.filter(({ level, name }) => level === 'department' && officeKey(name) === officeKey(word));
  const [one, another] = named.length > 0 ? named : departments;
  return one && !another ? `unit:${one.id}` : undefined;
}

/** As `responsibleText` writes it, or as plans do. */
function groupNamed(word: string): Responsible | undefined {
  const ours = groupKinds.find((kind) => normalised(groupNames[kind], 'NFKC').replace(/[()]/gu, '') === word);
  return ours ?? groups.find(([words]) => words.test(word))?.[1];
}

/** 旗民政局 and 民政部门 are one; 人力资源和社会保障局 and 人力资源社会保障部门, too. */
export function officeKey(name: string): string {
  return name
    .replace(/^[旗县市区]/u, '')
    .replace(/(?:部门|委员会|管理局|局|办公室|办)$/u, '')
    .replaceAll('和', '');
}

/** Which units a task is of, each once. What names no unit is kept by the banner, `insteadOf` saying for whom. */
export function unitsOf(
  responsible: readonly string[],
  units: readonly TaskUnit[],
): { readonly unitId: number; readonly insteadOf: readonly string[] }[] {
  const inUse = units.filter(({ active }) => active);
  const banner = inUse.find(({ level }) => level === 'banner');
  const found = new Map<number, string[]>();
  const add = (unitId: number | undefined, insteadOf: readonly string[] = []) => {
    if (unitId !== undefined) found.set(unitId, [...(found.get(unitId) ?? []), ...insteadOf]);
  };
  for (const one of responsible) {
    const level = levelOfGroup[one];
    const [kind, rest = ''] = one.split(/:(.*)/su);
    const unit = kind === 'unit' ? inUse.find(({ id }) => id === Number(rest)) : undefined;
    const named = kind === 'named' ? responsibleNamed(rest, units) : undefined;
    if (level !== undefined) for (const { id } of inUse.filter((any) => any.level === level)) add(id);
    else if (unit) add(unit.id);
    else if (named?.startsWith('unit:')) add(Number(named.slice('unit:'.length)));
    else add(banner?.id, kind === 'named' ? [rest] : kind === 'unit' ? ['已停用的单位'] : []);
  }
  return [...found].map(([unitId, insteadOf]) => ({ unitId, insteadOf }));
}

const groupKinds = ['office', 'departments', 'towns', 'villages'] as const;
const groupNames: Readonly<Record<(typeof groupKinds)[number], string>> = {
  get office() {
    return local`旗政务服务局`;
  },
  get departments() {
    return local`旗直相关部门、单位`;
  },
  get towns() {
    return local`苏木乡镇人民政府`;
  },
  get villages() {
    return local`嘎查社区`;
  },
};

/** In the plan's words. */
export function responsibleText(
  responsible: readonly string[],
  units: readonly Pick<TaskUnit, 'id' | 'name'>[],
): string {
  return responsible
    .map((one) => {
      const [kind, rest = ''] = one.split(/:(.*)/su);
      if (kind === 'named') return rest;
      if (kind === 'unit') return units.find(({ id }) => id === Number(rest))?.name ?? '已停用的单位';
      const group = groupKinds.find((other) => other === one);
      return group === undefined ? one : groupNames[group];
    })
    .join('、');
}
