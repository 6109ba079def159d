import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from './support.ts';

describe('stats rebuild', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = await openDesk();
  });

  afterEach(() => desk.close());

  /** A counter that no case has made. */
  async function addStray(): Promise<void> {
    const { id } = await desk.unit('大雁镇');
    desk.tamper((connection) => {
      const insert = 'insert into stat_counters (unit_id, dimension, period, key, registered) values (?, ?, ?, ?, 3)';
      connection.prepare(insert).run(id, 'all', 'm2026-11', '');
      connection.prepare(insert).run(id, 'way', '2026-11-23', 'counter');
    });
  }

  it('says so when counters and ledger agree', async () => {
    expect(await desk.daiban('stats rebuild')).toEqual({
      code: 0,
      out: '统计：0 件代办，0 行数字。\nOK，和台账一致。',
      err: '',
    });
  });

  it('tells each difference, changes nothing, and fails', async () => {
    await addStray();
    for (const _ of ['once', 'and again']) {
      const { code, err } = await desk.daiban('stats rebuild');
      expect(code).toBe(1);
      expect(err.split('\n')).toEqual([
        '大雁镇，2026-11，登记：现在是 3，按台账是 0',
        '大雁镇，2026-11-23，方式 counter，登记：现在是 3，按台账是 0',
        '有 2 处不一致。请先停下机器人，再运行：npm run daiban -- stats rebuild --write',
      ]);
    }
  });

  it('puts it right with --write', async () => {
    await addStray();
    expect(await desk.daiban('stats rebuild --write')).toMatchObject({ code: 0 });
    expect(await desk.daiban('stats rebuild')).toMatchObject({ code: 0, err: '' });
  });

  it('counts nothing by a ledger that somebody has changed', async () => {
    await addStray();
    desk.tamper((connection) => connection.exec("update ledger_entries set payload = '{}'"));
    for (const line of ['stats rebuild', 'stats rebuild --write']) {
      const { code, out, err } = await desk.daiban(line);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/^台账核对不上：.*没有按它统计/);
    }
    const kept = await desk.db.read(({ q, t }) => q.select().from(t.statCounters));
    expect(kept.map(({ registered }) => registered)).toEqual([3, 3]);
  });

  it.each(['stats', 'stats check', 'stats rebuild --now', 'stats rebuild --write --write'])(
    'refuses %j',
    async (line) => {
      const usage = '用法：npm run daiban -- stats rebuild [--write]';
      expect(await desk.daiban(line)).toMatchObject({ code: 1, err: usage });
    },
  );
});
