import { describe, expect, it } from 'vitest';
import { TransactionBusy } from '../../db/errors.ts';
import { createTurns } from '../../db/postgres/turns.ts';

describe('turns', () => {
  it('let so many run at a time, the others in the order of arrival, also after one that fails', async () => {
    const turns = createTurns(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const results = [0, 1, 2, 3].map((n) =>
      turns.run(async () => {
        begun.push(n);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (n === 0) throw new Error('no');
        return n;
      }),
    );
    const settled = Promise.allSettled(results);
    expect(begun).toEqual([0, 1]);
    ends[0]?.();
    await expect(results[0]).rejects.toThrow('no');
    expect(begun).toEqual([0, 1, 2]);
    ends[1]?.();
    ends[2]?.();
    await results[2];
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2, 3]);
    ends[3]?.();
    await settled;
    await expect(turns.run(async () => 'again')).resolves.toBe('again');
  });

  it('tell whoever waits too long, and give the place to the next in line', async () => {
    const turns = createTurns(1);
    const ends: (() => void)[] = [];
    const running = turns.run(() => new Promise<void>((resolve) => ends.push(resolve)));
    const hurried = turns.run(async () => 'too late', { waitMs: 5 });
    const patient = turns.run(async () => 'in the end');
    await expect(hurried).rejects.toBeInstanceOf(TransactionBusy);
    ends[0]?.();
    await running;
    expect(await patient).toBe('in the end');
    expect(await turns.run(async () => 'again', { waitMs: 5 })).toBe('again');
  });
});
