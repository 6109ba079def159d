/** A town's monthly report as a whole, for those who write it and those who receive it. Stands in private chats and in the town's own group. */

import { type ReportTextName, type ReportTexts, reportTextNames } from '../src/domain/report.ts';
import type { ReportGroup, ReportParts } from '../src/domain/report-figures.ts';
import { encodeAction, type ReportPage } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { NO_CASES } from './figures.ts';
import {
  button,
  card,
  clock,
  cut,
  dayFor,
  escapeMarkdown,
  hr,
  markdown,
  notation,
  paragraph,
  rowsOf,
  tappable,
} from './kit.ts';
import type { ReportView } from './report.ts';
import { reportState, returnedLines, submitForm } from './report.ts';
import type { ReportDifference, ReportLine } from './report-lines.ts';
import { CARD_BYTES_MAX, sentBytes } from './size.ts';
import { reportTextWords } from './words.ts';

const FIGURES_A_ROW = 3;
const DEPARTMENTS_MAX = 9;

export interface ReportInFull
  extends Pick<
    ReportView,
    | 'townId'
    | 'townName'
    | 'month'
    | 'monthName'
    | 'dueAt'
    | 'lastWorkingDayNote'
    | 'submitted'
    | 'overdue'
    | 'returned'
    | 'ledgerEntry'
    | 'zone'
  > {
  /** The month is over. */
  readonly over: boolean;
  /** The number of the version that is shown; null: it is the draft. */
  readonly version: number | null;
  readonly lines: readonly ReportLine[];
  readonly parts: ReportParts;
  /** There was no case. */
  readonly nothing: boolean;
  /** Masked, as everybody reads them. */
  readonly texts: ReportTexts;
  /** Of what its writers have typed: null for others. `masked`: something in it looks like a resident's data. */
  readonly draft: {
    readonly masked: boolean;
    readonly saved: readonly { readonly name: ReportTextName; readonly by: string; readonly at: number }[];
  } | null;
  /** What a 更正 would change now. */
  readonly waiting: readonly ReportDifference[];
  /** All that were submitted, the newest first. */
  readonly versions: readonly ReportVersionView[];
  /** Until when the reader may take back the version shown; null: not the reader, or not any more. */
  readonly undoUntil: number | null;
  /** The reader writes and submits it. */
  readonly reporter: boolean;
  /** The reader receives it, and may send it back. */
  readonly receiver: boolean;
  readonly drawnAt: number;
}

export interface ReportVersionView {
  readonly number: number;
  readonly by: string;
  readonly at: number;
  readonly late: boolean;
  readonly corrects: number | null;
  /** Of a 更正. */
  readonly reason: string;
  readonly ending: 'undone' | 'returned' | null;
  readonly endedBy: string;
  readonly endedAt: number | null;
  readonly returnReason: string;
  /** From the version before. */
  readonly differences: readonly ReportDifference[];
}

export function reportInFullCard(view: ReportInFull): Card {
  const { townId, month } = view;
  const { mark, color, sentence } = reportState(view);
  const number = view.version !== null && view.version > 1 ? `（第${view.version}版）` : '';
  return card({
    title: `${view.monthName}工作进展月报${number}`,
    subtitle: view.townName,
    color,
    mark: view.version === null && !view.overdue ? '草稿' : mark,
    summary: `${view.townName}${view.monthName}月报：${sentence}`,
    elements: withGroups(view, {
      above: [
        paragraph(
          view.over || view.version !== null ? sentence : `${view.monthName}还没有过完，数字还会变；过完才能报送。`,
        ),
        ...(view.version === null && view.lastWorkingDayNote !== null ? [notation(view.lastWorkingDayNote)] : []),
        ...returnedLines(view),
        ...figureCells(view),
      ],
      beneath: [
        ...staffLine(view),
        hr(),
        ...texts(view),
        hr(),
        ...steps(view),
        ...(view.version === null && !view.reporter
          ? []
          : [button({ label: '要 Word 文件', value: encodeAction({ action: 'report.letter', townId, month }) })]),
        ...(view.ledgerEntry === null ? [] : [notation(`台账指纹 ${view.ledgerEntry}`)]),
      ],
    }),
  });
}

function figureCells(view: ReportInFull): CardElement[] {
  const { lines, townId, month } = view;
  const empty = isEmptyDraft(view);
  const shown = empty ? lines.filter(({ list, value }) => list === null && value !== NO_CASES) : lines;
  const cells = shown.map(({ label, value, list, board }) => {
    // The denominator stands below, so that the number keeps to one line.
    const [, number = value, of = ''] = /^(.+?)(（.+）)$/.exec(value) ?? [];
    const words = markdown(
      `**${escapeMarkdown(cut(number, VALUE_MAX))}**`,
      escapeMarkdown(`${cut(label, LABEL_MAX)}${cut(of, VALUE_MAX)}`),
    );
    if (board === 'roster') return [tappable(encodeAction({ action: 'roster.show', unitId: townId }), [words])];
    if (board === 'tasks') return [tappable(encodeAction({ action: 'task.show', unitId: townId, by: 'own' }), [words])];
    if (board === 'readiness') return [tappable(encodeAction({ action: 'readiness.show', unitId: townId }), [words])];
    if (list === null) return [words];
    return [tappable(encodeAction({ action: 'report.cases', townId, month, list, page: 0 }), [words])];
  });
  return [...(empty ? [paragraph('这个月没有代办件，点一下“确认报送”就行。')] : []), ...rowsOf(cells, FIGURES_A_ROW)];
}

function isEmptyDraft({ nothing, version }: ReportInFull): boolean {
  return nothing && version === null;
}

const VALUE_MAX = 20;
const LABEL_MAX = 14;

/** The types and departments between what must stand, as far as there is room. */
function withGroups(
  view: ReportInFull,
  { above, beneath }: { above: readonly CardElement[]; beneath: readonly CardElement[] },
): CardElement[] {
  const { departments, assists } = view.parts;
  const rows = [
    ...assists.map((group) => groupRow(view, { group, of: 'assist' })),
    ...departments.slice(0, DEPARTMENTS_MAX).map((group) => groupRow(view, { group, of: 'department' })),
  ];
  let room = CARD_BYTES_MAX - AROUND_BYTES - sentBytes([...above, ...beneath]);
  const shown = rows.filter((row) => {
    room -= sentBytes(row);
    return room > 0;
  });
  const left = assists.length + departments.length - shown.length;
  return [
    ...above,
    ...(isEmptyDraft(view) ? [] : [notation(`点数字${rows.length === 0 ? '' : '、类型、部门'}看是哪些件。`)]),
    ...shown,
    ...(left > 0 ? [notation(`还有${left}行没有列出`)] : []),
    ...beneath,
  ];
}

/** Header, configuration, the request around it, and the two lines beside the groups. */
const AROUND_BYTES = 2_000;

function groupRow(
  { townId, month }: ReportInFull,
  { group, of }: { group: ReportGroup; of: 'assist' | 'department' },
): CardElement {
  const { registered, completed, completedOnTime, open, overdue, returnedAgain } = group;
  const due = completed + overdue;
  const onTime = due === 0 ? NO_CASES : `${((100 * completedOnTime) / due).toFixed(1)}%（${due}件）`;
  const words = markdown(
    `**${escapeMarkdown(cut(group.name, NAME_MAX))}**`,
    escapeMarkdown(`登记${registered}　办结${completed}　在办${open}　超期在办${overdue}`),
    escapeMarkdown(`按时办结率${onTime}　再次退回${returnedAgain}`),
  );
  if (group.key === null) return words;
  const place = { townId, month, list: 'registered' as const, page: 0 };
  const value =
    of === 'assist'
      ? encodeAction({ ...place, action: 'report.cases', assistType: group.key === 'extended' ? 'extended' : 'local' })
      : encodeAction({ ...place, action: 'report.cases', departmentId: Number(group.key) });
  return tappable(value, [words]);
}

const NAME_MAX = 16;

function staffLine({ parts }: ReportInFull): CardElement[] {
  const { withoutFullTime } = parts.staff;
  if (withoutFullTime.length === 0) return [];
  return [notation(`没有专职代办员：${withoutFullTime.join('、')}`, VILLAGES_SHOWN_MAX)];
}

const VILLAGES_SHOWN_MAX = 150;

function texts({ texts: words, draft, version, zone, dueAt, reporter }: ReportInFull): CardElement[] {
  if (version === null && !reporter) return [notation('文字还没有报送，报送以后才看得到。')];
  return [
    ...reportTextNames.flatMap((name) => {
      const saved = version === null ? draft?.saved.find((one) => one.name === name) : undefined;
      const who = saved
        ? `　${cut(saved.by, 10)} ${dayFor(saved.at, { now: dueAt, zone })} ${clock(saved.at, zone)} 保存`
        : '';
      return [
        notation(`${reportTextWords[name]}${who}`),
        paragraph(words[name] || '（没有填写）', {
          max: TEXT_SHOWN_MAX,
          ...(words[name] ? {} : { color: 'grey' as const }),
        }),
      ];
    }),
    // Of a version that stands its texts are shown, and the draft's stand on the card of the 更正.
    ...(version === null ? maskedNote(draft) : []),
  ];
}

/** What the draft's texts seem to have that is left out when it is sent. */
export function maskedNote(draft: ReportInFull['draft']): CardElement[] {
  if (!draft?.masked) return [];
  const words = '文字里像是有群众的姓名、电话或住址，带*的地方报送时就这样隐去。月报里不要写个人信息，请改一改。';
  return [paragraph(words, { color: 'orange' })];
}

/** Masking may make a text a little longer than its field. */
const TEXT_SHOWN_MAX = 520;

function steps(view: ReportInFull): CardElement[] {
  const { townId, month, version, reporter, receiver, over, undoUntil, versions, dueAt, zone } = view;
  const go = (label: string, page: ReportPage) =>
    button({ label, value: encodeAction({ action: 'report.open', townId, month, page, inPlace: true }) });
  const edit = button({ label: '填写文字', value: encodeAction({ action: 'report.edit', townId, month }) });
  const undo = button({ label: '撤销', value: encodeAction({ action: 'report.undo', townId, month }) });
  const several = versions.length > 1 || versions.some(({ ending }) => ending !== null);
  return [
    ...(reporter && version === null ? [edit, ...(over ? [submitForm(view)] : [])] : []),
    ...(undoUntil === null
      ? []
      : [notation(`报错了？${dayFor(undoUntil, { now: dueAt, zone })} ${clock(undoUntil, zone)}前可以撤销`), undo]),
    ...(reporter && version !== null ? [go('更正', 'correction')] : []),
    ...(receiver && version !== null ? [go('退回修改', 'return')] : []),
    ...(several ? [go(`看各版（共${versions.length}版）`, 'versions')] : []),
  ];
}
