import { describe, expect, it } from 'vitest';
import { backupName, backupNames, outdatedBackups } from '../../src/backup/names.ts';
import { at, ZONE } from '../support/office.ts';

const name = (day: string, time = '020000') => `daiban-${day}-${time}.backup`;

/** One backup a night, pruned each time, as the job does it. */
function nightsUntil(last: string, first: string): string[] {
  let kept: string[] = [];
  for (let time = at(`${first}T02:00`); time <= at(`${last}T02:00`); time += 24 * 3_600_000) {
    kept.push(backupName({ now: time, zone: ZONE }));
    const outdated = new Set(outdatedBackups(kept));
    kept = kept.filter((one) => !outdated.has(one));
  }
  return kept;
}

describe('names of backups', () => {
  it('carry the local date and time, and sort by it', () => {
    expect(backupName({ now: at('2026-11-24T02:00'), zone: ZONE })).toBe(name('2026-11-24'));
    expect(
      backupNames([name('2026-11-24'), 'notes.txt', '.daiban-2026-11-23-020000.backup.copy', name('2026-02-01')]),
    ).toEqual([name('2026-02-01'), name('2026-11-24')]);
  });

  it('of two years of nights 14 days and 12 months stay, the newest of each month', () => {
    const kept = nightsUntil('2026-11-24', '2024-11-01');
    const days = Array.from({ length: 14 }, (_, index) => name(`2026-11-${String(11 + index)}`));
    const months = ['2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'];
    const later = ['2026-07-31', '2026-08-31', '2026-09-30', '2026-10-31'];
    expect(kept).toEqual([...[...months, ...later].map((day) => name(day)), ...days]);
  });

  it('counts days that have a backup, so that a long stop costs nothing', () => {
    const days = Array.from({ length: 14 }, (_, index) => name(`2025-01-${String(10 + index)}`));
    expect(outdatedBackups([...days, name('2026-11-24')])).toEqual([name('2025-01-10')]);
  });

  it('keeps every backup of the newest day, and of other days the newest', () => {
    const today = [name('2026-11-24', '020000'), name('2026-11-24', '140000'), name('2026-11-24', '150000')];
    const before = [name('2026-11-23', '020000'), name('2026-11-23', '150000')];
    expect(outdatedBackups([...today, ...before])).toEqual([name('2026-11-23', '020000')]);
  });

  it('never names a file that is not a backup', () => {
    const others = ['daiban.db', 'daiban-2026-11-24.backup', 'x-daiban-2026-11-24-020000.backup', '../daiban.db'];
    const many = Array.from({ length: 40 }, (_, index) => name(`2026-0${1 + (index % 9)}-${10 + (index % 19)}`));
    expect(outdatedBackups([...others, ...many]).filter((one) => others.includes(one))).toEqual([]);
  });
});
