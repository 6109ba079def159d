import type { Figures } from './figures.ts';

export interface FigureWords {
  readonly label: string;
  readonly value: string;
}

const MINUTES_PER_HOUR = 60;

/** The figures of a statistics card, in words: a rate without cases is 暂无, never a division by zero. */
export function figureWords(figures: Figures): FigureWords[] {
  return [
    { label: '登记', value: `${figures.registered}件` },
    { label: '办结', value: `${figures.completed}件` },
    { label: '在办', value: `${figures.open}件` },
    { label: '按时办结率', value: rate(figures.completedOnTime, figures.completed) },
    { label: '退回补正', value: `${figures.returned}次` },
    { label: '满意率', value: rate(figures.ratedSatisfied, figures.rated) },
    { label: '平均接收用时', value: hours(figures.acceptMinutes, figures.accepted) },
    { label: '平均办结用时', value: hours(figures.completeMinutes, figures.completed) },
  ];
}

/** `92.3%（12件）`: a rate is worth little without the number of cases behind it. */
function rate(part: number, whole: number): string {
  return whole === 0 ? '暂无' : `${((100 * part) / whole).toFixed(1)}%（${whole}件）`;
}

function hours(minutes: number, cases: number): string {
  return cases === 0 ? '暂无' : `${(minutes / cases / MINUTES_PER_HOUR).toFixed(1)}小时`;
}
