/** What a monthly report tells, line by line: the same on its card, in its files, and where two versions are compared. */
import type { Figures } from '../src/domain/figures.ts';
import { local } from '../src/domain/level-names.ts';
import type { ReportGroup, ReportParts } from '../src/domain/report-figures.ts';
import { type FigureName, figureLists, figureSpecs, figureText, NO_CASES } from './figures.ts';

/** Which cases a line of a report opens. */
export const reportLists = [
  ...figureLists,
  'returnedAgain',
  'refused',
  'terminated',
  'ratedBadly',
  'rectified',
] as const;
export type ReportList = (typeof reportLists)[number];

export interface ReportLine {
  readonly label: string;
  /** Already formatted: 12件, 96.5%（12件）. */
  readonly value: string;
  /** null: there are no cases behind it. */
  readonly list: ReportList | null;
  /** What it opens instead. */
  readonly board?: 'roster' | 'readiness' | 'tasks';
  /** It tells what is so now, and changes without anybody's doing. */
  readonly standsNow?: true;
}

const figureNames = [
  'registered',
  'completed',
  'refused',
  'open',
  'overdue',
  'onTime',
  'returned',
  'terminated',
  'satisfied',
  'acceptHours',
  'completeHours',
] as const satisfies readonly FigureName[];

/** The cases of figures that stand below another on the card of figures. */
const listsBelow: Partial<Record<FigureName, ReportList>> = { refused: 'refused', terminated: 'terminated' };

/** The cases, the quality of the work, the people: in the order of the report. */
export function reportLines(figures: Figures, parts: ReportParts): ReportLine[] {
  const figureLine = (name: FigureName): ReportLine => {
    const { label, list, ...spec } = figureSpecs[name];
    const now = 'standsNow' in spec ? { standsNow: true as const } : {};
    return { ...now, label, value: figureText(name, figures), list: list ?? listsBelow[name] ?? null };
  };
  const { bad, staff, readiness, tasks } = parts;
  return [
    ...figureNames.flatMap((name) =>
      name === 'returned'
        ? [figureLine(name), { label: '再次退回', value: `${figures.returnedAgain}次`, list: 'returnedAgain' as const }]
        : [figureLine(name)],
    ),
    { label: '回访评价', value: `${figures.rated}件`, list: 'rated' },
    { label: '差评', value: `${bad.rated}件`, list: 'ratedBadly' },
    { label: '差评已整改', value: bad.rated === 0 ? NO_CASES : `${bad.rectified}件`, list: 'rectified' },
    { label: '专职代办员', value: `${staff.fullTime}人`, list: null, board: 'roster' },
    { label: '兼职代办员', value: `${staff.partTime}人`, list: null, board: 'roster' },
    {
      label: local`没有专职代办员的嘎查社区`,
      value: `${staff.withoutFullTime.length}个（共${staff.villages}个）`,
      list: null,
      board: 'roster',
    },
    { label: '七有齐备的中心', value: shareWords(readiness.centers), list: null, board: 'readiness' },
    { label: '七有齐备的服务站', value: shareWords(readiness.stations), list: null, board: 'readiness' },
    { label: '方案任务完成', value: `${tasks.done}项（共${tasks.total}项）`, list: null, board: 'tasks' },
    { label: '方案任务逾期', value: `${tasks.late}项`, list: null, board: 'tasks' },
  ];
}

function shareWords({ ready, total }: ReportParts['readiness']['centers']): string {
  return total === 0 ? NO_CASES : `${ready}个（共${total}个）`;
}

/** The columns of the tables by department and by assist type, the group's name apart. */
export const groupColumns = ['登记', '办结', '按时办结率', '在办', '超期在办', '再次退回'] as const;

export function groupCells(group: ReportGroup): string[] {
  const { registered, completed, completedOnTime, open, overdue, returnedAgain } = group;
  const whole = completed + overdue;
  const onTime = whole === 0 ? NO_CASES : `${((100 * completedOnTime) / whole).toFixed(1)}%`;
  return [String(registered), String(completed), onTime, String(open), String(overdue), String(returnedAgain)];
}

export interface ReportDifference {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

interface Counted {
  readonly figures: Figures;
  readonly parts: ReportParts;
}

/** What differs between two versions; a department's or type's numbers stand behind its name. */
export function reportDifferences(before: Counted, after: Counted): ReportDifference[] {
  const lines = differing(
    reportLines(before.figures, before.parts).map(({ label, value }) => [label, value]),
    reportLines(after.figures, after.parts).map(({ label, value }) => [label, value]),
  );
  const groups = (['departments', 'assists'] as const).flatMap((name) =>
    differing(groupWords(before.parts[name]), groupWords(after.parts[name])),
  );
  return [...lines, ...groups];
}

function groupWords(groups: readonly ReportGroup[]): [string, string][] {
  return groups.map((group) => {
    const cells = groupCells(group);
    return [group.name, groupColumns.map((column, index) => `${column}${cells[index]}`).join(' ')];
  });
}

function differing(before: readonly (readonly [string, string])[], after: readonly (readonly [string, string])[]) {
  const [was, is] = [new Map(before), new Map(after)];
  const labels = [...new Set([...was.keys(), ...is.keys()])];
  return labels.flatMap((label) => {
    const pair = { label, before: was.get(label) ?? '—', after: is.get(label) ?? '—' };
    return pair.before === pair.after ? [] : [pair];
  });
}
