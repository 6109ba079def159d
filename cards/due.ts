/** The day by which a case must be dealt with, in words for a line of a list. */
import { type CaseState, isOpen, standsStill } from '../src/domain/case.ts';
import { encodeAction } from './action-values.ts';
import type { CardElement } from './card.ts';
import { button, dayFor, type TextColor } from './kit.ts';

export interface DueFacts {
  readonly state: CaseState;
  readonly dueAt: number | null;
  /** Past that day when the list was made. */
  readonly overdue: boolean;
  /**
   * Working days until that day, for an answer that one person has asked for: 0 = today, negative = overdue by that many. null
   * where people read the list on other days, too.
   */
  readonly workingDaysLeft: number | null;
}

/**
 * `最晚11月30日`, `已超期`, `暂停计时`; to who has just asked `今天到期`, `还剩2个工作日`, `已超期3个工作日`. undefined when nobody
 * waits any more. `made`: when and where the list was made.
 */
export function dueWords(
  facts: DueFacts,
  made: { readonly now: number; readonly zone: string },
): { readonly text: string; readonly color: TextColor } | undefined {
  const { state, dueAt, overdue, workingDaysLeft: left } = facts;
  if (!isOpen(state)) return undefined;
  if (standsStill(state)) return { text: '暂停计时', color: 'grey' };
  // Past the promised day on a day off: overdue, but by no working day yet.
  if (overdue) return { text: left !== null && left < 0 ? `已超期${-left}个工作日` : '已超期', color: 'red' };
  if (left === 0) return { text: '今天到期', color: 'orange' };
  if (left !== null) return { text: `还剩${left}个工作日`, color: left === 1 ? 'orange' : 'default' };
  return dueAt === null ? undefined : { text: `最晚${dayFor(dueAt, made)}`, color: 'default' };
}

/** The arithmetic is long, and of interest now and then: it comes privately. */
export function explainButton(caseId: number): CardElement {
  const value = encodeAction({ action: 'case.explainDue', caseId });
  return button({ label: '期限怎么算', value, type: 'text' });
}
