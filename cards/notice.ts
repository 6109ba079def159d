/** A short message with nothing to press: results, refusals in words, reminders. */
import type { Card } from './card.ts';
import { card, type HeaderColor, paragraph } from './kit.ts';

const LINES_MAX = 20;
const LINE_MAX = 180;

const toneColors = { info: 'blue', success: 'green', warning: 'orange', error: 'red' } as const satisfies Record<
  string,
  HeaderColor
>;

export interface NoticeView {
  readonly tone: keyof typeof toneColors;
  /** Also the notification: no personal data. */
  readonly title: string;
  readonly lines: readonly string[];
}

/** A notice. Beyond 20 lines the rest is counted instead of shown. */
export function noticeCard(view: NoticeView): Card {
  const shown = view.lines.slice(0, LINES_MAX);
  const more = view.lines.length - shown.length;
  return card({
    title: view.title,
    color: toneColors[view.tone],
    summary: view.title,
    elements: [
      ...shown.map((line) => paragraph(line, { max: LINE_MAX })),
      ...(more > 0 ? [paragraph(`共 ${view.lines.length} 条，先列出前 ${LINES_MAX} 条`, { color: 'grey' })] : []),
    ],
  });
}
