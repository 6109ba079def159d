/** The reports of a month, town by town, for whoever receives them. */
import { local } from '../src/domain/level-names.ts';
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { form, submit } from './form.ts';
import {
  button,
  card,
  clock,
  columns,
  cut,
  dayFor,
  hr,
  notation,
  paragraph,
  type TextColor,
  tappableLine,
} from './kit.ts';

const TOWNS_MAX = 18;

export interface ReportTableView {
  /** YYYY-MM */
  readonly month: string;
  readonly monthName: string;
  readonly dueAt: number;
  readonly lastWorkingDayNote: string | null;
  /** The month is over, so that reports may come. */
  readonly over: boolean;
  readonly towns: readonly {
    readonly townId: number;
    readonly town: string;
    readonly state: 'reported' | 'returned' | 'missing';
    readonly at: number | null;
    readonly by: string | null;
    /** Days after the last day; 0 in time. */
    readonly daysLate: number;
    /** Of what was submitted; null where nothing was. */
    readonly version: number | null;
  }[];
  readonly now: number;
  readonly zone: string;
}

/** The answer to /月报 for the banner. */
export function reportTableCard(view: ReportTableView): Card {
  const { month, monthName, towns } = view;
  const missing = towns.filter(({ state }) => state !== 'reported');
  const shown = towns.slice(0, TOWNS_MAX);
  const title = `${monthName}月报报送情况`;
  return card({
    title,
    color: missing.length === 0 ? 'green' : 'blue',
    summary: `${title}：已报送${towns.length - missing.length}个，未报送${missing.length}个`,
    elements: [
      paragraph(
        `已报送${towns.length - missing.length}个，未报送${missing.length}个。时限：${dayFor(view.dueAt, view)}（含当日）`,
      ),
      ...(view.lastWorkingDayNote === null ? [] : [notation(view.lastWorkingDayNote)]),
      ...shown.flatMap((town) => [hr(), townRow(town, view)]),
      ...(towns.length > shown.length ? [notation(`还有${towns.length - shown.length}个，见 Excel。`)] : []),
      hr(),
      notation(local`点一个镇，看它的月报。`),
      ...urging(view, missing.length),
      columns([
        {
          weight: 1,
          elements: [button({ label: '要 Word', value: encodeAction({ action: 'report.letters', month }) })],
        },
        {
          weight: 1,
          elements: [button({ label: '要 Excel', value: encodeAction({ action: 'report.export', month }) })],
        },
      ]),
    ],
  });
}

function townRow(town: ReportTableView['towns'][number], view: ReportTableView): CardElement {
  const { words, color } = stateOf(town, view);
  return tappableLine(
    encodeAction({ action: 'report.open', townId: town.townId, month: view.month }),
    columns([
      { weight: 2, elements: [paragraph(town.town, { max: 20 })] },
      { weight: 3, elements: [paragraph(words, { max: 60, color })] },
    ]),
  );
}

function stateOf(
  { state, at, by, daysLate, version }: ReportTableView['towns'][number],
  view: ReportTableView,
): { readonly words: string; readonly color: TextColor } {
  const late = daysLate > 0 ? `晚${daysLate}天` : '';
  if (state === 'reported' && at !== null) {
    const number = version !== null && version > 1 ? `，第${version}版` : '';
    const words = `${dayFor(at, view)} ${clock(at, view.zone)} ${cut(by ?? '', 8)}${late === '' ? '' : `，${late}`}${number}`;
    return { words, color: late === '' ? 'green' : 'orange' };
  }
  const what = state === 'returned' ? '已退回，等重新报送' : view.over ? '未报送' : '还没到时候';
  return { words: late === '' ? what : `${what}，已${late}`, color: late === '' ? 'default' : 'red' };
}

function urging({ month, over }: ReportTableView, missing: number): CardElement[] {
  if (missing === 0 || !over) return [];
  return [
    form('urgeForm', [
      submit({
        label: `催报（${missing}个未报送）`,
        value: encodeAction({ action: 'report.urge', month }),
        type: 'primary_filled',
        confirm: { title: '催报？', text: `没报的${missing}个单位，群里会再收到一次月报卡片。一天催一次。` },
      }),
    ]),
  ];
}
