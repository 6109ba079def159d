import { beforeEach, describe, expect, it } from 'vitest';
import { createDeliveryWatch, type DeliveryEnd, type DeliveryWatch } from '../src/delivery-watch.ts';
import { at } from './support/office.ts';

let now: number;
let watch: DeliveryWatch;

beforeEach(() => {
  now = at('2026-11-23T10:00');
  watch = createDeliveryWatch({ now: () => now });
});

function come(counts: Partial<Record<DeliveryEnd, number>>): string[] {
  for (const end of ['dealt', 'lost', 'stale'] as const) {
    for (let n = 0; n < (counts[end] ?? 0); n++) watch.note(end);
  }
  return watch.problems();
}

const UNSAVED = 'deliveries cannot be saved';
const STALE = 'deliveries are refused as stale: check the clock';

describe('deliveries that come to nothing', () => {
  it.each<readonly [Partial<Record<DeliveryEnd, number>>, readonly string[]]>([
    [{}, []],
    [{ dealt: 100 }, []],
    [{ lost: 2 }, []],
    [{ lost: 3 }, [UNSAVED]],
    [{ dealt: 12, lost: 3 }, [UNSAVED]],
    [{ dealt: 13, lost: 3 }, []],
    [{ stale: 2 }, []],
    [{ stale: 3 }, [STALE]],
    // Anybody can knock with an old time stamp.
    [{ dealt: 4, stale: 3 }, []],
    [{ lost: 3, stale: 3 }, [UNSAVED, STALE]],
  ])('%j: %j', (counts, problems) => {
    expect(come(counts)).toEqual(problems);
    expect(watch.troubles()).toHaveLength(problems.length);
  });

  it('are forgotten after ten minutes', () => {
    come({ lost: 5 });
    now = at('2026-11-23T10:09');
    expect(watch.problems()).toEqual([UNSAVED]);
    now = at('2026-11-23T10:10');
    expect(watch.problems()).toEqual([]);
  });

  it('are forgotten when they were counted by a clock that was ahead', () => {
    come({ stale: 5 });
    now = at('2026-11-23T09:30');
    expect(watch.problems()).toEqual([]);
  });

  it('are told with how many and what to do', () => {
    come({ dealt: 1, lost: 3 });
    expect(watch.troubles()).toEqual([
      {
        key: 'deliveries',
        title: '消息和点击没有保存下来',
        lines: ['最近 10 分钟收到 4 次消息和点击，其中 3 次没有保存。', '请看服务器上的日志，检查数据库和磁盘。'],
      },
    ]);
  });
});
