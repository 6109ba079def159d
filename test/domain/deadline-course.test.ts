import { describe, expect, it } from 'vitest';
import { type CourseEvent, explainDeadline } from '../../src/domain/deadline-course.ts';
import { publishedCalendar } from '../../src/domain/working-calendar.ts';

const begins = (day: string): CourseEvent => ({ effect: 'begins', day, what: '受理' });
const stops = (day: string): CourseEvent => ({ effect: 'stops', day, what: '退回补正' });
const goesOn = (day: string): CourseEvent => ({ effect: 'goesOn', day, what: '重新转送' });
const explain = (events: CourseEvent[], dueDay: string | null, remainingDays: number | null = null) =>
  explainDeadline({ events, dueDay, remainingDays }, publishedCalendar);

describe('the arithmetic of a promised day', () => {
  it('names the holiday that does not count and the Saturday that does', () => {
    expect(explain([begins('2026-09-28')], '2026-10-10')).toEqual([
      '9月28日受理 + 5个工作日：29、30日，10月1–7日国庆，8、9日，10日（周六调休上班）→ 10月10日',
    ]);
  });

  it('names weekends, and the month where it changes', () => {
    expect(explain([begins('2026-11-23')], '2026-11-30')).toEqual([
      '11月23日受理 + 5个工作日：24–27日，28、29日周末，30日 → 11月30日',
    ]);
    expect(explain([begins('2026-11-27')], '2026-12-01')).toEqual([
      '11月27日受理 + 2个工作日：28、29日周末，30日，12月1日 → 12月1日',
    ]);
  });

  it('gives back what was left when time stood still', () => {
    // Monday + 5 = Monday 30th; returned on Wednesday with 3 left; again on Monday 30th: Thursday 3 December.
    expect(explain([begins('2026-11-23'), stops('2026-11-25'), goesOn('2026-11-30')], '2026-12-03')).toEqual([
      '11月23日受理，11月25日退回补正，用了2个工作日：24、25日，从这天起暂停计时',
      '11月30日重新转送，接着算3个工作日：12月1–3日 → 12月3日',
    ]);
  });

  it('leaves out that a case was forwarded where time had not stood still', () => {
    expect(explain([begins('2026-11-23'), goesOn('2026-11-23')], '2026-11-24')).toEqual([
      '11月23日受理 + 1个工作日：24日 → 11月24日',
    ]);
  });

  it('says how much is left while time stands still', () => {
    expect(explain([begins('2026-11-23'), stops('2026-11-23')], null, 5)).toEqual([
      '11月23日受理，11月23日退回补正，用了0个工作日，从这天起暂停计时',
      '11月23日退回补正后时间不走，还剩5个工作日，重新开始后接着算',
    ]);
    expect(explain([begins('2026-11-23'), stops('2026-12-02')], null, -2).at(-1)).toContain('已经超期2个工作日');
  });

  it('says what was overdue already when it went on', () => {
    const lines = explain([begins('2026-11-23'), stops('2026-12-02'), goesOn('2026-12-04')], '2026-12-02');
    expect(lines.at(-1)).toBe('12月4日重新转送时已经超期2个工作日 → 12月2日');
  });

  it('says of a promise of no day that it is the day itself', () => {
    expect(explain([begins('2026-11-23')], '2026-11-23')).toEqual(['11月23日受理，当天办结 → 11月23日']);
  });

  it('says which year has no published table', () => {
    const lines = explain([begins('2030-12-30')], '2031-01-02');
    expect(lines.slice(1)).toEqual([
      '2030年的放假安排还没有公布，按普通周计算。',
      '2031年的放假安排还没有公布，按普通周计算。',
    ]);
  });

  it('names the year’s days across New Year', () => {
    expect(explain([begins('2025-12-31')], '2026-01-05')).toEqual([
      '12月31日受理 + 2个工作日：1月1–3日元旦，4日（周日调休上班），5日 → 1月5日',
    ]);
  });
});
