/** The deadline in words: one sentence for the case card, the list and the reminders. */
import { type CaseState, isOpen } from '../src/domain/case.ts';
import type { TextColor } from './kit.ts';

interface DueFacts {
  readonly state: CaseState;
  readonly dueAt: number | null;
  /** Working days until the promised day; 0 = today, negative = overdue by that many. */
  readonly workingDaysLeft: number | null;
}

/** Open, not waiting for the registering unit, and past the promised day. */
export function isOverdue(facts: DueFacts, now: number): boolean {
  if (!isOpen(facts.state) || facts.state === 'returned') return false;
  return (facts.workingDaysLeft ?? 0) < 0 || (facts.dueAt !== null && facts.dueAt < now);
}

/** `今天到期`, `还剩2个工作日`, `已超期3个工作日`, `暂停计时`; undefined when nobody waits any more. */
export function dueWords(
  facts: DueFacts,
  now: number,
): { readonly text: string; readonly color: TextColor } | undefined {
  if (!isOpen(facts.state)) return undefined;
  if (facts.state === 'returned') return { text: '暂停计时', color: 'grey' };
  const left = facts.workingDaysLeft;
  if (isOverdue(facts, now)) {
    // Past the promised day on a day off: overdue, but by no working day yet.
    return { text: left !== null && left < 0 ? `已超期${-left}个工作日` : '已超期', color: 'red' };
  }
  if (left === null) return undefined;
  if (left === 0) return { text: '今天到期', color: 'orange' };
  return { text: `还剩${left}个工作日`, color: left === 1 ? 'orange' : 'default' };
}
