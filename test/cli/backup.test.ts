/** `backup` by hand: what it says of what was made, and of papers. */
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { backupState } from '../../src/services/backup/record.ts';
import { type Desk, KEY, openDesk, run } from './support.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

/** A paper whose file is nowhere. */
async function losePaper(): Promise<void> {
  await desk.write(async ({ tx: { q, t } }) => {
    const [agent] = await q.select().from(t.agents);
    const round = { agentId: agent?.id ?? 0, caseId: null, material: null, until: 0 };
    const [{ id: roundId } = { id: 0 }] = await q.insert(t.paperRounds).values(round).returning();
    const sent = { roundId, messageId: 'om_1', resourceKey: 'k', kind: 'image', fileName: 'ab'.repeat(16) } as const;
    const times = { availableAt: 1, createdAt: 1, settledAt: 1 };
    await q.insert(t.papers).values({ ...sent, ...times, state: 'kept', type: 'jpeg', bytes: 5, hash: 'x' });
  });
}

describe('a backup by hand', () => {
  it('says where it is, and is noted', async () => {
    expect((await desk.daiban('backup')).out).toMatch(/^OK {4}已备份到 .*\.backup（/);
    expect((await desk.db.read(backupState)).lastGoodAt).toBe(desk.clock.now());
  });

  it('is not called a failure because it could not be noted', async () => {
    desk.tamper((connection) =>
      connection.exec("create trigger locked before insert on settings begin select raise(abort, 'locked'); end"),
    );
    const { code, out, err } = await desk.daiban('backup');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('已备份到') });
    expect(err).not.toContain('没有备份成');
    expect(err).toContain('这份备份是好的，只是没能记下来');
  });

  it('says why it failed also where that cannot be noted', async () => {
    desk.tamper((connection) => {
      connection.exec("update ledger_entries set kind = 'accept' where seq = 1");
      connection.exec("create trigger locked before insert on settings begin select raise(abort, 'locked'); end");
    });
    const { code, err } = await desk.daiban('backup');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/没能记下.*没有备份成：台账核对不上/s) });
  });

  it('names papers that cannot be found, but not those of the sandbox, which lie in memory', async () => {
    await losePaper();
    expect((await desk.daiban('backup')).out).toContain('有 1 份材料的文件找不到');
    writeFileSync(`${desk.file}.key`, KEY.toString('base64'));
    const sandbox = readConfig({});
    if (sandbox.mode !== 'sandbox') throw new Error('no sandbox');
    const config = { ...sandbox, database: { engine: 'sqlite', file: desk.file } } as const;
    desk.clock.advance(1000);
    const { code, out } = await run('backup', { readConfig: () => config, clock: desk.clock });
    expect({ code, papers: out.includes('材料') }).toEqual({ code: 0, papers: false });
  });
});
