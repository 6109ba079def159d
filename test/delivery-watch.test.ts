import { beforeEach, describe, expect, it } from 'vitest';
import { createDeliveryWatch, type DeliveryEnd, type DeliveryWatch } from '../src/delivery-watch.ts';
import { at } from './support/office.ts';

let now: number;
let watch: DeliveryWatch;

beforeEach(() => {
  now = at('2026-11-23T10:00');
  watch = createDeliveryWatch({ now: () => now });
});

type Counts = Partial<Record<DeliveryEnd, number>>;

function come(counts: Counts): void {
  for (const [end, count] of Object.entries(counts)) {
    // Guarantee: the entries of `Counts`.
    for (let n = 0; n < count; n++) watch.note(end as DeliveryEnd);
  }
}

const keys = () => watch.troubles().map(({ key }) => key);

describe('deliveries that come to nothing', () => {
  it.each<readonly [Counts, readonly string[]]>([
    [{}, []],
    [{ dealt: 100 }, []],
    [{ lost: 2 }, []],
    [{ lost: 3 }, ['deliveries']],
    [{ dealt: 12, lost: 3 }, ['deliveries']],
    [{ dealt: 13, lost: 3 }, []],
    [{ stale: 2 }, []],
    [{ stale: 3 }, ['clock']],
    [{ dealt: 4, stale: 3 }, []],
    [{ lost: 3, stale: 3 }, ['deliveries', 'clock']],
    [{ signature: 50, token: 50, replay: 50 }, []],
    [{ dealt: 100, app: 1 }, ['foreign-app']],
  ])('%j: the administrators are told of %j', (counts, troubles) => {
    come(counts);
    expect(keys()).toEqual(troubles);
  });

  it('are forgotten after ten minutes', () => {
    come({ lost: 5 });
    now = at('2026-11-23T10:09');
    expect([keys(), watch.isLosingAll()]).toEqual([['deliveries'], true]);
    now = at('2026-11-23T10:10');
    expect([keys(), watch.isLosingAll()]).toEqual([[], false]);
  });

  it('are forgotten when they were counted by a clock that was ahead', () => {
    come({ stale: 5 });
    now = at('2026-11-23T09:30');
    expect(keys()).toEqual([]);
  });

  it('are all that comes as long as none is saved in between', () => {
    come({ dealt: 50, lost: 2, stale: 9 });
    expect(watch.isLosingAll()).toBe(false);
    come({ lost: 1 });
    expect(watch.isLosingAll()).toBe(true);
    come({ dealt: 1 });
    expect(watch.isLosingAll()).toBe(false);
  });

  it('are told with how many and what to do', () => {
    come({ dealt: 1, lost: 3 });
    const lines = ['最近 10 分钟收到 4 次消息和点击，其中 3 次没有保存。', '请看服务器上的日志，检查数据库和磁盘。'];
    expect(watch.troubles()).toEqual([{ key: 'deliveries', title: '消息和点击没有保存下来', lines }]);
  });
});
