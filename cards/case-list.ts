/** A short list of cases: 待办, search results, reminders. */
import { startOfDay } from '../src/domain/calendar.ts';
import type { CaseState, SuspendReason } from '../src/domain/case.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { type DueFacts, dueWords } from './due.ts';
import { bold, button, buttonColumn, card, columns, cut, dayFor, hr, notation, paragraph } from './kit.ts';
import { CARD_BYTES_MAX, sentBytes } from './size.ts';
import { caseStateWords, suspendWords } from './words.ts';

const ROWS_MAX = 10;
/** Beside a whole list, what a manager has to put right. */
const UNRECTIFIED_MAX = 3;
/** Rows of both parts: a card has so many elements at most. */
const BOTH_MAX = 12;
/** Of the card around its rows: header, headings, hint. */
const FRAME_BYTES = 6_000;

export interface CaseListRow extends DueFacts {
  readonly id: number;
  readonly caseNumber: string;
  readonly itemName: string;
  /** Masked (张**), but for a private list of who deals with the case. */
  readonly applicant: string;
  readonly holderUnit: string;
  /** Why it is suspended, and since when. */
  readonly suspension: { readonly reason: SuspendReason; readonly since: number } | null;
  /** In whose hands it is, of the person who asks and the colleagues on leave whom that one stands in for. */
  readonly inHandsOf: 'asker' | { readonly absent: string } | null;
  /** The last digits of the applicant's telephone, where the list names another person of that name. */
  readonly tail: string | null;
  /** Who has to do something: those who read the list, or the holder since then; null where the list tells of no turn. */
  readonly turn: 'own' | { readonly since: number | null } | null;
  /** The last day (YYYY-MM-DD) of a 整改 that is asked for. */
  readonly rectifyBy: string | null;
  /** Who was chosen to make the return visit. */
  readonly visitor: string | null;
}

interface Part {
  /** Cases found, shown or not. */
  readonly total: number;
  readonly rows: readonly CaseListRow[];
}

export interface CaseListView extends Part {
  readonly title: string;
  /** What to say when there is no row. */
  readonly empty: string;
  /** What the asker registered, or the colleagues stood in for, and others deal with, in a part of its own. */
  readonly elsewhere?: Part & { readonly standsInFor?: readonly string[] };
  /** Bad ratings that wait for a manager, in a part of its own. */
  readonly unrectified?: Part;
  /** Checks (抽查回访) that wait; absent for whoever makes none. */
  readonly checks?: number;
  readonly hint: string | null;
  readonly now: number;
  readonly zone: string;
}

/** Up to ten cases, those overdue first, each with a button that opens it. */
export function caseListCard(view: CaseListView): Card {
  const late = view.rows.filter((row) => row.overdue);
  const lateWords = late.length > 0 ? `，${late.length}件已超期` : '';
  const sorted = [...late, ...view.rows.filter((row) => !late.includes(row))].slice(0, ownMax(view));
  const rest = view.total > sorted.length ? `，先列出前${sorted.length}件` : '';
  const count = `共${view.total}件${lateWords}`;
  const own = [
    ...(view.elsewhere ? [bold('要我办')] : []),
    ...(sorted.length === 0
      ? [paragraph(view.empty)]
      : [paragraph(`${count}${rest}`), ...sorted.flatMap((row) => [hr(), caseRow(row, view)])]),
  ];
  const above = overseenPart(view);
  return card({
    title: view.title,
    color: late.length > 0 ? 'red' : 'blue',
    summary: view.rows.length === 0 ? view.title : `${view.title}：${count}`,
    elements: [
      ...above,
      ...own,
      ...elsewherePart(view, [...above, ...own]),
      ...(view.hint === null ? [] : [notation(view.hint)]),
    ],
  });
}

/** Rows of the own part, beside what a manager has to put right. */
function ownMax(view: CaseListView): number {
  return ROWS_MAX - overseenRows(view);
}

/** So many rows the part of a manager takes from the others, its heading and its button counted as one each. */
function overseenRows({ unrectified, checks }: CaseListView): number {
  const rows = Math.min(UNRECTIFIED_MAX, unrectified?.rows.length ?? 0);
  return rows + (rows > 0 ? 1 : 0) + (checks ? 1 : 0);
}

/** What waits for a manager: bad ratings to be put right, and the way to the checks. */
function overseenPart(view: CaseListView): CardElement[] {
  const { total = 0, rows = [] } = view.unrectified ?? {};
  const shown = rows.slice(0, UNRECTIFIED_MAX);
  const rest = total > shown.length ? `，先列出前${shown.length}件` : '';
  return [
    ...(view.checks
      ? [button({ label: `抽查回访（${view.checks}件）`, value: encodeAction({ action: 'check.list' }) })]
      : []),
    ...(shown.length === 0
      ? []
      : [
          bold('等整改'),
          paragraph(`群众不满意，共${total}件${rest}`),
          ...shown.flatMap((row) => [hr(), caseRow(row, view)]),
        ]),
    ...(view.checks || shown.length > 0 ? [hr()] : []),
  ];
}

/** As many of them as there is room for beneath the rest of the card. */
function elsewherePart(view: CaseListView, above: readonly CardElement[]): CardElement[] {
  const { total = 0, rows = [], standsInFor = [] } = view.elsewhere ?? {};
  if (rows.length === 0) return [];
  const shown: CardElement[] = [];
  let room = CARD_BYTES_MAX - FRAME_BYTES - sentBytes(above);
  for (const row of rows.slice(0, BOTH_MAX - Math.min(view.rows.length, ownMax(view)) - overseenRows(view))) {
    const line = caseRow(row, view);
    room -= sentBytes([hr(), line]);
    if (room < 0) break;
    shown.push(line);
  }
  const rest = total > shown.length ? `，先列出前${shown.length}件` : '';
  const whose = standsInFor.length === 0 ? '我' : `我和${cut(standsInFor.join('、'), 20)}`;
  return [
    hr(),
    bold('等别人办'),
    paragraph(`${whose}登记的，共${total}件${rest}`),
    ...shown.flatMap((line) => [hr(), line]),
  ];
}

/** What the readers have to do with a case that waits for them. */
const ownSteps: Partial<Record<CaseState, string>> = {
  forwarded: '请接收',
  accepted: '请办理，办好点“办结”',
  returned: '请补正后重新转送',
  completed: '请把结果送达群众',
  delivered: '请回访群众',
};

/** What is to be done next, and by whom; undefined when nobody waits. */
function turnWords(row: CaseListRow, made: { readonly now: number; readonly zone: string }): string | undefined {
  const { turn, state, holderUnit, suspension } = row;
  if (row.rectifyBy !== null) return `请填写整改情况，最晚${dayFor(startOfDay(row.rectifyBy, made.zone), made)}`;
  if (turn === null) return undefined;
  if (suspension !== null) {
    const why = `${dayFor(suspension.since, made)}起中止：${suspendWords[suspension.reason]}`;
    return turn === 'own' ? `${why}；条件具备后点“恢复”` : `${cut(holderUnit, 30)}${why}`;
  }
  if (turn === 'own' && state === 'delivered' && row.visitor !== null) return `请${cut(row.visitor, 10)}回访群众`;
  if (turn === 'own') return ownSteps[state];
  const since = turn.since === null ? '' : `，${dayFor(turn.since, made)}起`;
  if (state === 'forwarded') return `等${cut(holderUnit, 30)}接收${since}`;
  return state === 'accepted' ? `等${cut(holderUnit, 30)}办理${since}` : undefined;
}

function handsWords({ inHandsOf }: CaseListRow): string {
  if (inHandsOf === null) return '';
  return inHandsOf === 'asker' ? '　我经办' : `　代${cut(inHandsOf.absent, 10)}`;
}

/** One case: whom and what it is about, how it stands, what comes next, and the way to it. */
export function caseRow(row: CaseListRow, made: { readonly now: number; readonly zone: string }): CardElement {
  const due = dueWords(row, made);
  const state = caseStateWords[row.state];
  const next = turnWords(row, made);
  const holder = row.turn === null ? `　${cut(row.holderUnit, 30)}` : '';
  const tail = row.tail === null ? '' : `　尾号${row.tail}`;
  return columns([
    {
      weight: 4,
      elements: [
        bold(`${cut(row.applicant, 10)}　${cut(row.itemName, 24)}`),
        paragraph(due === undefined ? state : `${state}，${due.text}`, { color: due?.color ?? 'default' }),
        ...(next === undefined ? [] : [paragraph(next, row.turn === 'own' ? { color: 'blue' } : {})]),
        notation(`${row.caseNumber}${tail}${holder}${handsWords(row)}`),
      ],
    },
    buttonColumn('打开', encodeAction({ action: 'case.open', caseId: row.id })),
  ]);
}
