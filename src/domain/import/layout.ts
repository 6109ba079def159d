/**
 * Which kind of list a sheet is, by its header row and not by any name: the columns of Annexes 1, 2 and 5 of the plan as printed,
 * and those of our own templates.
 */
import { inPrintedWords, levelNames } from '../level-names.ts';
import type { TableCell } from './table.ts';
import { headerText } from './table.ts';

/** 单位, 代办人员 (Annex 5), 事项清单 (Annexes 1 and 2), 常用叫法, 方案任务, 检查项目 (七有). */
export const importKinds = ['units', 'agents', 'catalogue', 'names', 'tasks', 'checks'] as const;
export type ImportKind = (typeof importKinds)[number];

/** A column by its words; `group`: those of the merged cell above it. */
interface ColumnRule {
  readonly label: RegExp;
  readonly group?: RegExp;
  /** Of several columns of these words the second. */
  readonly second?: true;
  /** It has to be there: the words it is asked for by. */
  readonly required?: string;
}

/** One way in which a kind of list is laid out. */
interface Layout {
  readonly kind: ImportKind;
  readonly columns: Readonly<Record<string, ColumnRule>>;
  /** Of each group one must be there, besides the required columns; `words` are those it is asked for by. */
  readonly oneOf: readonly { readonly words: string; readonly fields: readonly string[] }[];
  /** Printed once for several rows, as merged cells are, the outer first. */
  readonly carried: readonly string[];
  /** Fields in which a day may be stored as one. */
  readonly dates?: readonly string[];
}

const FULL_TIME = /^专职/;
const PART_TIME = /^兼职/;

/** The more particular first: what fits two is the first. */
const layouts: readonly Layout[] = [
  {
    kind: 'agents',
    columns: {
      town: { label: /^(?:所属)?苏木乡镇(?:街道)?(?:名称)?$/ },
      village: { label: /^(?:所属)?嘎查社区(?:名称)?$/ },
      unit: { label: /^(?:所在)?单位(?:名称)?$/ },
      fullName: { label: /^姓名$/, group: FULL_TIME, required: '专职代办员姓名' },
      fullPhone: { label: /^(?:手机号码?|联系电话|电话)$/, group: FULL_TIME, required: '专职代办员手机号' },
      fullIdentity: { label: /^人员身份$/, group: FULL_TIME },
      fullLines: { label: /业务范围$/ },
      fullItems: { label: /事项名称$/ },
      partName: { label: /^姓名$/, group: PART_TIME, required: '兼职代办员姓名' },
      partPhone: { label: /^(?:手机号码?|联系电话|电话)$/, group: PART_TIME, required: '兼职代办员手机号' },
      partIdentity: { label: /^人员身份$/, group: PART_TIME },
      partLines: { label: /业务范围$/, second: true },
      partItems: { label: /事项名称$/, second: true },
    },
    oneOf: [{ words: '所在单位', fields: ['town', 'village', 'unit'] }],
    carried: ['town', 'village', 'unit'],
  },
  {
    kind: 'names',
    columns: {
      names: { label: /^(?:常用叫法|俗称|通俗名称|群众叫法|平时叫法)$/, required: '常用叫法' },
      item: { label: /^(?:事项名称|子项名称|事项)$/ },
      code: { label: /^(?:实施)?编码$/ },
    },
    oneOf: [{ words: '事项名称', fields: ['item', 'code'] }],
    carried: [],
  },
  {
    kind: 'catalogue',
    columns: {
      number: { label: /^序号$/ },
      department: { label: /^(?:所属|行业|所属行业|主管)部门$/, required: '所属行业部门' },
      mainItem: { label: /^(?:主项名称|主项)$/ },
      subItem: { label: /^(?:子项名称|子项)$/ },
      item: { label: /^事项名称$/ },
      code: { label: /^实施编码$/, required: '实施编码' },
      itemType: { label: /^事项类型$/, required: '事项类型' },
      levels: { label: /^实施层级$/, required: '实施层级' },
      assistType: { label: /^帮办代办类型$/, required: '帮办代办类型' },
      workingDays: { label: /^承诺(?:办结)?时限$/ },
      materials: { label: /^(?:所需|申请)?材料$/ },
    },
    oneOf: [{ words: '事项名称', fields: ['mainItem', 'subItem', 'item'] }],
    carried: ['department'],
  },
  {
    kind: 'tasks',
    columns: {
      number: { label: /^(?:序号|任务序号|任务编号)$/ },
      title: { label: /^(?:任务|主要任务|工作任务|任务名称|任务内容)$/, required: '任务' },
      responsible: { label: /^(?:责任单位|牵头单位|责任部门)$/, required: '责任单位' },
      due: { label: /^(?:完成时限|时限|完成时间)$/ },
      ongoing: { label: /^(?:持续推进|是否持续推进)$/ },
    },
    oneOf: [{ words: '完成时限', fields: ['due', 'ongoing'] }],
    carried: [],
    dates: ['due'],
  },
  {
    kind: 'checks',
    columns: {
      name: { label: /^(?:检查项目|检查内容|检查事项|项目名称)$/, required: '检查项目' },
      hint: { label: /^(?:说明|检查说明|检查标准|要求)$/ },
      from: { label: /^(?:启用日期|生效日期|起用日期)$/ },
    },
    oneOf: [{ words: '说明', fields: ['hint', 'from'] }],
    carried: [],
    dates: ['from'],
  },
  {
    kind: 'units',
    columns: {
      level: { label: /^(?:单位)?(?:级别|层级|类别)$/ },
      name: { label: /^(?:单位名称|单位|名称)$/ },
      town: { label: /^苏木乡镇(?:街道)?(?:名称)?$/ },
      village: { label: /^嘎查社区(?:名称)?$/ },
      parent: { label: /^(?:上级单位|上级|所属单位|所属苏木乡镇(?:街道)?)$/ },
      center: { label: /^(?:服务场所(?:名称)?|便民服务中心(?:名称)?|便民服务站(?:名称)?|便民服务中心站)$/ },
      townNumber: { label: /^(?:(?:苏木)?乡镇编号|编号)$/ },
      formerName: { label: /^(?:原名称|原单位名称|原名|曾用名)$/ },
      population: { label: /^(?:常住)?人口(?:数)?$/ },
      nameMongolian: { label: /^(?:蒙古文|蒙文|蒙古语)(?:单位)?名称?$/ },
    },
    oneOf: [
      { words: '单位名称', fields: ['name', 'town', 'village'] },
      { words: '级别', fields: ['level', 'parent', 'center'] },
    ],
    carried: [],
  },
];

export interface FoundLayout {
  readonly kind: ImportKind;
  /** Column (from 0) of each field that the header has. */
  readonly columns: ReadonlyMap<string, number>;
  /** The words of each as they stand in the file, without blanks and brackets. */
  readonly labels: Readonly<Record<string, string>>;
  /** Row (from 0) where the data begin. */
  readonly firstRow: number;
  /** Everything that stands above the header. */
  readonly title: string;
  /** See `Layout`. */
  readonly carried: readonly string[];
  readonly dates: readonly string[];
}

/** A title, a note and a line about who filled it in may stand above. */
const ROWS_ABOVE_MAX = 10;

/** The header of the most columns among the sheet's first rows; undefined when none is that of a list that is known. */
export function findLayout(rows: readonly (readonly TableCell[])[]): FoundLayout | undefined {
  let found: FoundLayout | undefined;
  for (let row = 0; row < Math.min(rows.length, ROWS_ABOVE_MAX); row++) {
    for (const depth of hasGroups(rows, row) ? [2, 1] : [1]) {
      const candidate = layoutAt(rows, { row, depth });
      // Of two alike the later: a title is no group above its columns.
      if (candidate && candidate.columns.size >= (found?.columns.size ?? 0)) found = candidate;
    }
  }
  return found;
}

function layoutAt(
  rows: readonly (readonly TableCell[])[],
  { row, depth }: { row: number; depth: number },
): FoundLayout | undefined {
  const headers = headersAt(rows, { row, depth });
  for (const layout of layouts) {
    if (lackingIn(layout, headers).length > 0) continue;
    const columns = columnsIn(layout, headers);
    const words = ([field, column]: [string, number]) => [field, wordsOf(headers[column] ?? { label: '', group: '' })];
    const above = rows.slice(0, row).flat();
    return {
      kind: layout.kind,
      carried: layout.carried,
      dates: layout.dates ?? [],
      columns,
      labels: Object.fromEntries([...columns].map(words)),
      firstRow: row + depth,
      title: above.map((cell) => headerText(cell)).join(' '),
    };
  }
  return undefined;
}

/** What a header that is none comes nearest to. */
export interface NearLayout {
  readonly kind: ImportKind;
  /** The words of each column that it lacks; at least one. */
  readonly lacking: readonly string[];
}

/** A single column says nothing: 序号 stands in front of any list. */
const ALIKE_MIN = 2;

/** The list of which a sheet without a known header has the most columns, and of several the one that lacks the least. */
export function nearestLayout(rows: readonly (readonly TableCell[])[]): NearLayout | undefined {
  const near = rows.slice(0, ROWS_ABOVE_MAX).flatMap((_, row) =>
    (hasGroups(rows, row) ? [2, 1] : [1]).flatMap((depth) => {
      const headers = headersAt(rows, { row, depth });
      return layouts.map((layout) => ({
        kind: layout.kind,
        alike: headers.filter((header) => isOfLayout(header, layout)).length,
        lacking: lackingIn(layout, headers),
      }));
    }),
  );
  const [nearest] = near
    .filter(({ alike, lacking }) => alike >= ALIKE_MIN && lacking.length > 0)
    .sort((a, b) => b.alike - a.alike || a.lacking.length - b.lacking.length);
  return nearest && { kind: nearest.kind, lacking: nearest.lacking };
}

/** Whether the layout has a column of these words, in whatever group. */
function isOfLayout({ label }: Header, { columns }: Layout): boolean {
  return Object.values(columns).some((rule) => fits({ label, group: '' }, { label: rule.label }));
}

function lackingIn(layout: Layout, headers: readonly Header[]): string[] {
  const columns = columnsIn(layout, headers);
  const required = Object.entries(layout.columns).flatMap(([field, { required: words }]) =>
    words === undefined || columns.has(field) ? [] : [words],
  );
  const groups = layout.oneOf.filter(({ fields }) => !fields.some((field) => columns.has(field)));
  return [...required, ...groups.map(({ words }) => words)];
}

/** A group's words stand in the first of its columns, above the words of each. */
function hasGroups(rows: readonly (readonly TableCell[])[], row: number): boolean {
  const [above = [], below = []] = [rows[row], rows[row + 1]];
  return below.some((cell, column) => column > 0 && headerText(cell) !== '' && headerText(above[column]) === '');
}

interface Header {
  readonly label: string;
  readonly group: string;
}

function wordsOf({ label, group }: Header): string {
  return group === '' ? label : `${group} ${label}`;
}

/** In a header of two rows the first has the words of groups, each in its first column, and of columns that have none. */
function headersAt(rows: readonly (readonly TableCell[])[], { row, depth }: { row: number; depth: number }): Header[] {
  const above = rows[row] ?? [];
  if (depth === 1) return above.map((cell) => ({ label: headerText(cell), group: '' }));
  const below = rows[row + 1] ?? [];
  let group = '';
  return Array.from({ length: Math.max(above.length, below.length) }, (_, column) => {
    const [top, sub] = [headerText(above[column]), headerText(below[column])];
    if (top !== '') group = top;
    return sub === '' ? { label: top, group: '' } : { label: sub, group };
  });
}

function columnsIn({ columns: rules }: Layout, headers: readonly Header[]): Map<string, number> {
  const columns = new Map<string, number>();
  for (const [field, rule] of Object.entries(rules)) {
    const fitting = headers.flatMap((header, column) => (fits(header, rule) ? [column] : []));
    const column = fitting[rule.second ? 1 : 0];
    if (column !== undefined) columns.set(field, column);
  }
  return columns;
}

/** Without merged cells the group's words stand in front: 专职代办员姓名. */
function fits({ label, group }: Header, rule: ColumnRule): boolean {
  // As printed, or by the names that the levels have here.
  if (rule.group === undefined) return rule.label.test(label) || rule.label.test(inPrintedWords(label, levelNames()));
  if (group !== '') return rule.group.test(group) && rule.label.test(label);
  return rule.group.test(label) && rule.label.test(label.replace(/^[专兼]职(?:代办员)?/, ''));
}
