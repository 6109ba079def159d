/** 责任人: who had a case when, to whoever asked; stands in private chats. */
import { encodeAction } from './action-values.ts';
import type { Card, CardElement } from './card.ts';
import { bold, button, card, cut, notation, paragraph } from './kit.ts';

const LINES_MAX = 14;

export interface ResponsibleView {
  readonly caseId: number;
  readonly caseNumber: string;
  /** The day that was asked for, in words; null: all of its time. */
  readonly day: string | null;
  readonly stretches: readonly ResponsibleLine[];
}

export interface ResponsibleLine {
  readonly duty: 'holder' | 'keeper';
  /** Its center where it handled the case. */
  readonly unit: string;
  /** null: nobody in particular. */
  readonly person: string | null;
  /** Who did it for that one, being on leave. */
  readonly standIn: string | null;
  /** 2026年11月23日 10:00 */
  readonly from: string;
  /** null: it goes on. */
  readonly until: string | null;
}

/** Tells nothing of the applicant. Of many stretches the newest are shown. */
export function responsibleCard(view: ResponsibleView): Card {
  const { caseNumber, day, stretches } = view;
  const shown = stretches.slice(-LINES_MAX);
  return card({
    title: `${caseNumber} 的责任人`,
    ...(day === null ? {} : { subtitle: day }),
    color: 'blue',
    summary: `${caseNumber} 的责任人`,
    elements: [
      ...(stretches.length === 0 ? [paragraph('这一天没有人承办或跟进：还没有登记，或者已经办完。')] : []),
      ...(stretches.length > shown.length ? [notation(`共${stretches.length}段，只列最近${LINES_MAX}段。`)] : []),
      ...shown.flatMap(line),
      notation('按台账记录推算。写“本单位”的，那段时间没有指定到人。'),
      button({ label: '打开代办件', value: encodeAction({ action: 'case.open', caseId: view.caseId }) }),
    ],
  });
}

function line({ duty, unit, person, standIn, from, until }: ResponsibleLine): CardElement[] {
  const who = person === null ? '本单位' : cut(person, 20);
  const byWhom = standIn === null ? '' : `（${cut(standIn, 20)}代班）`;
  return [
    bold(`${duty === 'holder' ? '承办' : '跟进'}：${cut(unit, 30)} ${who}${byWhom}`, 100),
    notation(`${from} 至 ${until ?? '现在'}`),
  ];
}
