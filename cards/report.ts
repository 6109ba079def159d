/** The towns' monthly progress report: the draft with its one button, and the list of those that are late. */
import { UNDO_MS } from '../src/domain/undo.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { form, submit } from './form.ts';
import {
  button,
  card,
  clock,
  cut,
  day,
  dayFor,
  facts,
  type HeaderColor,
  hr,
  notation,
  paragraph,
  rowsOf,
} from './kit.ts';
import { reportReturnForm } from './report-forms.ts';

const FIGURES_MAX = 12;
const FIGURES_A_ROW = 2;
const TOWNS_MAX = 24;

export interface Figure {
  readonly label: string;
  /** Already formatted: 12件, 96.5%. */
  readonly value: string;
}

export interface ReportView {
  readonly townName: string;
  readonly townId: number;
  /** The month reported on: 2026-11. */
  readonly month: string;
  /** In words: 11月, or 2026年11月. */
  readonly monthName: string;
  /** End of the last day. */
  readonly dueAt: number;
  /** Says which working day is the last when the due day is none. */
  readonly lastWorkingDayNote: string | null;
  readonly figures: readonly Figure[];
  readonly submitted: { readonly by: string; readonly at: number; readonly late: boolean } | null;
  /** A later version stands in the place of what was submitted. */
  readonly corrected: { readonly by: string; readonly at: number } | null;
  /** The banner has sent it back, and it is open again. */
  readonly returned: { readonly by: string; readonly at: number; readonly reason: string } | null;
  /** Short form of the key that signs the ledger the figures come from; null before there is one. */
  readonly ledgerKey: string | null;
  /** The submission's own entry: its place in the town's chain and the beginning of its hash. */
  readonly ledgerEntry: string | null;
  /** The look after the last day has found it missing. */
  readonly overdue: boolean;
  readonly zone: string;
}

/** One town's report of one month. */
export function reportCard(view: ReportView): Card {
  const { mark, color, sentence } = reportState(view);
  return card({
    title: `${view.monthName}工作进展月报`,
    subtitle: view.townName,
    color,
    mark,
    summary: `${view.townName}${view.monthName}月报：${sentence}`,
    elements: [
      paragraph(sentence, view.submitted === null && view.overdue ? { color: 'red' } : {}),
      ...returnedLines(view),
      ...(view.corrected === null
        ? []
        : [notation(`${when(view.corrected.at, view)} 由${cut(view.corrected.by, 10)}更正`)]),
      ...(view.submitted === null && view.lastWorkingDayNote !== null ? [notation(view.lastWorkingDayNote)] : []),
      ...(view.figures.length === 0
        ? [paragraph('这个月没有代办件，也请报送。')]
        : rowsOf(view.figures.slice(0, FIGURES_MAX).map(figureCell), FIGURES_A_ROW)),
      ...(view.submitted === null
        ? [hr(), openButton(view, '看草稿、填文字'), submitForm(view), notation('数字由台账自动算出，请核对后报送。')]
        : [...witnessLines(view), openButton(view, '看全文、更正'), ...undoButton(view)]),
    ],
  });
}

/** What is for those who write or receive it comes privately. */
function openButton({ townId, month }: ReportView, label: string): CardElement {
  return button({ label, value: encodeAction({ action: 'report.open', townId, month }) });
}

/** What the banner has sent back, and why. */
export function returnedLines(view: Pick<ReportView, 'returned' | 'dueAt' | 'zone'>): CardElement[] {
  const { returned } = view;
  if (returned === null) return [];
  return [
    paragraph(`${cut(returned.by, 10)} ${when(returned.at, view)} 退回修改：`, { color: 'red' }),
    paragraph(returned.reason, { max: reportReturnForm.returnReason.max }),
  ];
}

function when(at: number, { dueAt, zone }: Pick<ReportView, 'dueAt' | 'zone'>): string {
  return `${dayFor(at, { now: dueAt, zone })} ${clock(at, zone)}`;
}

/** By them readers see which ledger the figures were taken from, and can tell later whether it still is that one. */
function witnessLines({ ledgerKey, ledgerEntry }: ReportView): CardElement[] {
  return [
    ...(ledgerEntry === null ? [] : [notation(`台账指纹 ${ledgerEntry}`)]),
    ...(ledgerKey === null ? [] : [notation(`台账公钥指纹 ${ledgerKey}`)]),
  ];
}

/** The hour beside it is absolute: it stays true when it has passed. */
function undoButton(view: ReportView): CardElement[] {
  const { corrected, townId, month } = view;
  const last = corrected ?? view.submitted;
  if (last === null) return [];
  return [
    notation(`报错了？${when(last.at + UNDO_MS, view)}前可由${cut(last.by, 10)}撤销`),
    button({ label: '撤销', value: encodeAction({ action: 'report.undo', townId, month }) }),
  ];
}

/** The number large, its label small. */
function figureCell(figure: Figure): CardElement[] {
  return [
    paragraph(figure.value, { size: 'heading', max: 20 }),
    paragraph(figure.label, { size: 'notation', color: 'grey', max: 20 }),
  ];
}

/** How it stands, in a word, a colour and a sentence. */
export function reportState(view: Pick<ReportView, 'submitted' | 'returned' | 'overdue' | 'dueAt' | 'zone'>): {
  readonly mark: string;
  readonly color: HeaderColor;
  readonly sentence: string;
} {
  if (view.submitted !== null) {
    const sentence = `${view.submitted.by} ${when(view.submitted.at, view)} 报送${view.submitted.late ? '，已过时限' : ''}`;
    return view.submitted.late
      ? { mark: '逾期报送', color: 'orange', sentence }
      : { mark: '已报送', color: 'green', sentence };
  }
  const dueDay = day(view.dueAt, view.zone);
  if (view.overdue) return { mark: '已逾期', color: 'red', sentence: `应在${dueDay}前（含当日）报送，请尽快报送` };
  if (view.returned !== null)
    return { mark: '退回修改', color: 'orange', sentence: `请改好，在${dueDay}前（含当日）重新报送` };
  return { mark: '待报送', color: 'blue', sentence: `请在${dueDay}前（含当日）报送` };
}

/** A form without a field, so that clients ask first. */
export function submitForm(view: Pick<ReportView, 'townId' | 'townName' | 'month' | 'monthName'>): CardElement {
  return form('reportForm', [
    submit({
      label: '确认报送',
      value: encodeAction({ action: 'report.submit', townId: view.townId, month: view.month }),
      type: 'primary_filled',
      confirm: {
        title: '确认报送？',
        text: `${view.townName}${view.monthName}月报。请先核对数字；报错了，十分钟内可以由您撤销。`,
      },
    }),
  ]);
}

export interface OverdueView {
  readonly monthName: string;
  /** Towns that have not reported. */
  readonly late: readonly string[];
  readonly reported: readonly { readonly town: string; readonly at: number; readonly late: boolean }[];
  readonly zone: string;
  readonly now: number;
}

/** Who has reported and who has not, for the banner's group. */
export function overdueCard(view: OverdueView): Card {
  const missing = view.late.slice(0, TOWNS_MAX);
  const reported = view.reported.slice(0, TOWNS_MAX - Math.min(missing.length, TOWNS_MAX / 2));
  const hidden = view.late.length - missing.length + view.reported.length - reported.length;
  const all = view.late.length === 0;
  return card({
    title: `${view.monthName}月报报送情况`,
    color: all ? 'green' : 'red',
    summary: all ? `${view.monthName}月报已全部报送` : `${view.monthName}月报：${view.late.length}个单位未报送`,
    elements: [
      paragraph(all ? '已全部报送' : `未报送${view.late.length}个`, { color: all ? 'green' : 'red' }),
      ...missing.map((town) => paragraph(town, { max: 40 })),
      ...(reported.length === 0 ? [] : [hr(), paragraph(`已报送${view.reported.length}个`)]),
      ...facts(
        reported.map((report) => ({
          label: report.town,
          value: `${dayFor(report.at, view)} ${clock(report.at, view.zone)}${report.late ? '，逾期' : ''}`,
          ...(report.late ? { color: 'orange' as const } : {}),
        })),
      ),
      ...(hidden > 0 ? [notation(`还有${hidden}个单位没有列出`)] : []),
    ],
  });
}
