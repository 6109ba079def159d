/** How a case's promised day comes about, to whoever asked. */
import { encodeAction } from './action-values.ts';
import type { Card } from './card.ts';
import { button, card, notation, paragraph } from './kit.ts';

const LINES_MAX = 6;
/** Room for some ninety working days, of which a week takes sixteen characters. */
const LINE_MAX = 400;

export interface DeadlineView {
  readonly caseId: number;
  readonly caseNumber: string;
  /** The arithmetic, stretch by stretch. */
  readonly lines: readonly string[];
}

/** Tells nothing of the applicant. Of many stretches the newest are shown. */
export function deadlineCard(view: DeadlineView): Card {
  return card({
    title: `${view.caseNumber} 的办结期限`,
    color: 'blue',
    summary: `${view.caseNumber} 的办结期限怎么算`,
    elements: [
      ...view.lines.slice(-LINES_MAX).map((line) => paragraph(line, { max: LINE_MAX })),
      notation('办理当天不计，从第二天起算；退回补正期间不计。'),
      button({ label: '责任人', value: encodeAction({ action: 'case.responsible', caseId: view.caseId }) }),
      button({ label: '打开代办件', value: encodeAction({ action: 'case.open', caseId: view.caseId }) }),
    ],
  });
}
