/** 导入: how lists come in, what one of them would do, and what it has done. All of it stands in the administrator's private chat. */

import { columnWords, type FileProblem, type NearSheet } from '../src/domain/import/file.ts';
import { type ImportKind, importKinds } from '../src/domain/import/layout.ts';
import type { WorkbookProblem } from '../src/domain/import/table.ts';
import { local } from '../src/domain/level-names.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { form, submit } from './form.ts';
import { button, card, cut, facts, hr, notation, paragraph } from './kit.ts';
import { importKindWords } from './words.ts';

const NAMES_MAX = 12;
const CHANGES_MAX = 6;
const FAULTS_MAX = 6;
const NOTES_MAX = 5;
const FAULT_MAX = 150;

const explained: Readonly<Record<ImportKind, string>> = {
  get units() {
    return local`旗县、部门、苏木乡镇、嘎查社区、服务点`;
  },
  agents: '方案附件5的两张代办人员信息表，原样就行',
  catalogue: '方案附件1、附件2的事项清单，原样就行',
  names: '群众平时怎么叫这些事项，例如：低保',
  tasks: '方案的任务、责任单位、完成时限；换新方案时再导入',
  checks: '“七有”的检查项目；以后变成“八有”，导入新的就行',
};

/** The answer to /导入. */
export function importStartCard(): Card {
  return card({
    title: '导入',
    color: 'blue',
    summary: '把 Excel 名单发给我，我来导入',
    elements: [
      paragraph('把填好的 Excel（.xlsx）直接发到这里，我看表头就知道是哪种名单。先核对给您看，您点“确认导入”才算数。'),
      ...importKinds.flatMap((kind, index) => [
        paragraph(`${index + 1}. ${importKindWords[kind]}：${explained[kind]}`),
        button({
          label: `空表：${importKindWords[kind]}`,
          value: encodeAction({ action: 'import.template', kind }),
        }),
      ]),
      notation('请按顺序导入：人员、事项和任务要先有单位。同一份名单再发一次，不会重复。'),
    ],
  });
}

export interface ImportView {
  readonly importId: number;
  readonly kind: ImportKind;
  readonly fileName: string;
  /** Names of what would be added. */
  readonly added: readonly string[];
  readonly changed: readonly { readonly name: string; readonly differences: readonly string[] }[];
  readonly unchanged: number;
  /** Rows that cannot be taken, in words. */
  readonly faults: readonly string[];
  /** Names of what is in use and does not stand in the list. */
  readonly missing: readonly string[];
  readonly notes: readonly string[];
  /** Sign of the plan that the card shows. */
  readonly seen: string;
}

/** How many of a list's objects. */
export interface ImportCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly faults: number;
}

/** What a list would do. @param stale it was another list's turn meanwhile, and the card was drawn anew. */
export function importPreviewCard(view: ImportView, { stale = false }: { stale?: boolean } = {}): Card {
  const { importId, seen, added, changed, faults } = view;
  const changes = added.length + changed.length;
  return card({
    title: changes > 0 ? `核对${importKindWords[view.kind]}` : `${importKindWords[view.kind]}没有要导入的`,
    subtitle: cut(view.fileName, 50),
    color: faults.length > 0 ? 'orange' : 'blue',
    summary: `${importKindWords[view.kind]}：请核对`,
    elements: [
      ...(stale
        ? [paragraph('核对以后又有人改动过，下面是按改动后的情况重新核对的，请再看一遍。', { color: 'orange' })]
        : []),
      ...countLines({ ...view, added: added.length, changed: changed.length, faults: faults.length }),
      ...whatChanges(view),
      ...whatIsWrong(view),
      ...whatIsMissing(view, changes > 0 ? '导入后再问您要不要停用。' : ''),
      ...view.notes.slice(0, NOTES_MAX).map((note) => notation(note)),
      ...(changes > 0
        ? [
            button({
              label: '确认导入',
              value: encodeAction({ action: 'import.confirm', importId, seen }),
              type: 'primary_filled',
            }),
          ]
        : retire(view)),
      ...(faults.length > 0
        ? [button({ label: '下载有问题的行', value: encodeAction({ action: 'import.faults', importId }) })]
        : []),
      button({ label: changes > 0 ? '取消' : '知道了', value: encodeAction({ action: 'import.cancel', importId }) }),
    ],
  });
}

function countLines({ added, changed, unchanged, faults }: ImportCounts): CardElement[] {
  return facts([
    { label: '新增', value: `${added}个` },
    { label: '改动', value: `${changed}个` },
    { label: '不变', value: `${unchanged}个` },
    { label: '有问题', value: `${faults}处`, color: faults > 0 ? 'red' : 'default' },
  ]);
}

function whatChanges({ added, changed }: ImportView): CardElement[] {
  const rest = changed.length > CHANGES_MAX ? [notation(`另有${changed.length - CHANGES_MAX}个改动。`)] : [];
  return [
    ...(added.length === 0 ? [] : [paragraph(`新增：${listed(added)}`)]),
    ...changed
      .slice(0, CHANGES_MAX)
      .map(({ name, differences }) => paragraph(`改动 ${cut(name, 30)}：${differences.join('；')}`)),
    ...rest,
  ];
}

function whatIsWrong({ faults }: ImportView): CardElement[] {
  if (faults.length === 0) return [];
  const rest = faults.length > FAULTS_MAX ? [notation(`另有${faults.length - FAULTS_MAX}处，都在文件里。`)] : [];
  return [
    hr(),
    paragraph('这些行有问题，不会导入：', { color: 'red' }),
    ...faults.slice(0, FAULTS_MAX).map((fault) => paragraph(fault, { max: FAULT_MAX })),
    ...rest,
  ];
}

function whatIsMissing({ missing }: Pick<ImportView, 'missing'>, then: string): CardElement[] {
  if (missing.length === 0) return [];
  return [hr(), paragraph(`在用、但名单里没有的有${missing.length}个：${listed(missing)}。${then}`)];
}

function retire({ importId, missing, seen }: Pick<ImportView, 'importId' | 'missing' | 'seen'>): CardElement[] {
  if (missing.length === 0) return [];
  return [
    form('retireForm', [
      submit({
        label: `停用名单里没有的${missing.length}个`,
        value: encodeAction({ action: 'import.retire', importId, seen }),
        type: 'danger',
        confirm: {
          title: '停用名单里没有的？',
          text: `将停用${listed(missing.slice(0, 3))}${missing.length > 3 ? '等' : ''}，可以再导入启用。`,
        },
      }),
    ]),
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_MAX).map((name) => cut(name, 20));
  return `${shown.join('、')}${names.length > shown.length ? `等${names.length}个` : ''}`;
}

/** It has been imported; `missing`, what the list does not have, is asked about. `counts`: of what it has done. */
export function importDoneCard(
  view: Pick<ImportView, 'importId' | 'kind' | 'fileName' | 'missing' | 'seen'> & { readonly counts: ImportCounts },
): Card {
  const { added, changed, faults } = view.counts;
  return card({
    title: `${importKindWords[view.kind]}已导入`,
    subtitle: cut(view.fileName, 50),
    color: 'green',
    summary: `${importKindWords[view.kind]}已导入`,
    elements: [
      ...countLines(view.counts),
      ...(faults > 0
        ? [
            paragraph('有问题的行没有导入，改好后再发一次，已导入的不会重复。', { color: 'orange' }),
            button({
              label: '下载有问题的行',
              value: encodeAction({ action: 'import.faults', importId: view.importId }),
            }),
          ]
        : []),
      ...whatIsMissing(view, '不停用就不用管。'),
      ...retire(view),
      notation(`新增${added}个、改动${changed}个，每个都记入台账。`),
    ],
  });
}

/** What stands there once it is given up. */
export function importEndedCard({ fileName }: { readonly fileName: string }): Card {
  return card({
    title: '没有导入',
    subtitle: cut(fileName, 50),
    color: 'grey',
    summary: '没有导入',
    elements: [paragraph('这份名单没有导入，内容也没有保留。要导入请再发一次。')],
  });
}

const KEPT_MAX = 8;

/** What was taken out of use, and what could not be. */
export function importRetiredCard(view: {
  readonly retired: readonly string[];
  readonly kept: readonly string[];
}): Card {
  const { retired, kept } = view;
  return card({
    title: retired.length > 0 ? `已停用${retired.length}个` : '没有停用',
    color: kept.length > 0 ? 'orange' : 'green',
    summary: `已停用${retired.length}个`,
    elements: [
      ...(retired.length === 0 ? [] : [paragraph(`已停用：${listed(retired)}。要重新启用，把它写进名单再导入。`)]),
      ...(kept.length === 0 ? [] : [paragraph('这些没有停用：', { color: 'orange' })]),
      ...kept.slice(0, KEPT_MAX).map((one) => paragraph(one, { max: FAULT_MAX })),
      ...(kept.length > KEPT_MAX ? [notation(`另有${kept.length - KEPT_MAX}个。`)] : []),
    ],
  });
}

const SAVE_AS = '请用 Excel 或 WPS 打开，另存为 .xlsx，再发一次。';

const workbookSentences: Readonly<Record<WorkbookProblem, string>> = {
  old: `这是旧版 Excel 文件（.xls），我读不了。${SAVE_AS}`,
  encrypted: '这个文件设了打开密码。请去掉密码另存一份，再发一次。',
  text: `这是文本文件（CSV），不是 Excel 文件。${SAVE_AS}`,
  foreign: `这不是 Excel 文件（.xlsx）。${SAVE_AS}`,
  tooLarge: '这个文件太大：最多20 MB，每张表最多5000行。请删掉图片、空白行和别的表，或分成几个文件再发。',
  damaged: `这个文件打不开，可能传坏了。${SAVE_AS}`,
  gone: '没有取到这个文件，请再发一次。',
};

/** A file is no list that could be imported. */
export function importProblemCard(
  view: { readonly fileName: string } & (FileProblem | { readonly problem: WorkbookProblem }),
): Card {
  return card({
    title: '这个文件导入不了',
    subtitle: cut(view.fileName, 50),
    color: 'orange',
    summary: '这个文件导入不了，请看原因',
    elements: [paragraph(problemSentence(view)), notation('发 /导入 可以要空表。')],
  });
}

function problemSentence(view: FileProblem | { readonly problem: WorkbookProblem }): string {
  switch (view.problem) {
    case 'unknown':
      if (view.near.length > 0) return nearSentence(view.near);
      return `${quotedNames(view.sheets)}的表头看不出是哪种名单。请照空表的表头填：${importKinds.map((kind) => importKindWords[kind]).join('、')}。`;
    case 'mixed': {
      const kinds = view.sheets.map(({ name, kind }) => `“${cut(name, 20)}”表是${importKindWords[kind]}`);
      return `一个文件只能有一种名单：${kinds.slice(0, 4).join('，')}。请分成几个文件再发。`;
    }
    case 'tooLong':
      return `“${cut(view.sheet, 20)}”表超过5000行。请删掉下面的空白行，或分成几个文件再发。`;
    case 'empty':
      return `表头是${importKindWords[view.kind]}，下面一行也没有填。`;
    default:
      return workbookSentences[view.problem];
  }
}

function nearSentence(near: readonly NearSheet[]): string {
  const sheets = near.map(
    ({ name, kind, lacking }) => `“${cut(name, 20)}”表像是${importKindWords[kind]}，表头缺${columnWords(lacking)}`,
  );
  return `${sheets.slice(0, 4).join('；')}。请照空表的表头填。`;
}

function quotedNames(names: readonly string[]): string {
  if (names.length === 0) return '这个文件';
  return `${names
    .slice(0, 4)
    .map((name) => `“${cut(name, 20)}”`)
    .join('、')}${names.length > 4 ? '等' : ''}表`;
}
