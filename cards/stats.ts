/** Figures of a period and a unit, with a chart where there is something to compare. */
import type { Card, CardElement } from './card.ts';
import { barChart, card, columns, notation, paragraph } from './kit.ts';

const FIGURES_MAX = 12;
const BARS_MAX = 15;

export interface Figure {
  readonly label: string;
  /** Already formatted: 12件, 96.5%. */
  readonly value: string;
}

export interface StatsView {
  /** Period and unit in words. */
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly chart: readonly { readonly name: string; readonly value: number }[] | null;
  readonly chartTitle: string;
  readonly note: string | null;
  /** Said instead of the figures when there is nothing to count. */
  readonly empty: string | null;
}

/** The answer to /统计 and the like. */
export function statsCard(view: StatsView): Card {
  const bars = view.chart?.slice(0, BARS_MAX) ?? [];
  const more = (view.chart?.length ?? 0) - bars.length;
  return card({
    title: view.title,
    color: 'blue',
    summary: `统计：${view.title}`,
    elements: [
      ...(view.empty === null ? figurePairs(view.figures.slice(0, FIGURES_MAX)) : [paragraph(view.empty)]),
      ...(view.empty === null && bars.length > 0 ? [paragraph(view.chartTitle), barChart(bars)] : []),
      ...(more > 0 ? [notation(`共 ${bars.length + more} 项，先列出前 ${bars.length} 项`)] : []),
      ...(view.note === null ? [] : [notation(view.note)]),
    ],
  });
}

/** Two figures beside each other, the number large. */
export function figurePairs(figures: readonly Figure[]): CardElement[] {
  const rows = figures.filter((_, index) => index % 2 === 0).map((left, row) => [left, figures[row * 2 + 1]]);
  return rows.map((pair) =>
    columns(
      pair.map((figure) => ({
        weight: 1,
        elements:
          figure === undefined
            ? []
            : [
                paragraph(figure.value, { size: 'heading', max: 20 }),
                paragraph(figure.label, { size: 'notation', color: 'grey', max: 20 }),
              ],
      })),
    ),
  );
}
