import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqlite } from '../../db/sqlite/open.ts';
import { enrolAgent } from '../../src/services/agent/enrol.ts';
import { sealPhone } from '../../src/services/agent/phone.ts';
import { settleDataKey } from '../../src/services/data-key/check.ts';
import { createVault } from '../../src/vault.ts';
import { type Desk, KEY, openDesk } from './support.ts';

const NEXT = Buffer.alloc(32, 8);
const FORMER_ALONE = {};
const NEXT_ALONE = { DATA_KEY: NEXT.toString('base64') };
const BOTH = { DATA_KEY: NEXT.toString('base64'), DATA_KEY_FORMER: KEY.toString('base64') };
const both = createVault(NEXT, KEY);

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  const unit = await desk.unit('安达社区');
  await desk.write(async (ctx) => {
    const ada = { openId: 'ou_ada', name: '阿达', unitId: unit.id, role: 'agent' as const, appliedAt: ctx.now };
    await enrolAgent(ctx, { ...ada, employment: 'fullTime' });
    const phoneSealed = sealPhone(ctx.vault, { openId: 'ou_ada', phone: '13900001111' });
    await ctx.tx.q.update(ctx.tx.t.agents).set({ phoneSealed }).where(eq(ctx.tx.t.agents.openId, 'ou_ada'));
  });
});
afterEach(() => desk.close());

/** What the bot does first when it is started with both keys. */
const startWithBoth = () => desk.db.write((tx) => settleDataKey(tx, both));

/** Whether the former key's mark stands anywhere in the database file or beside it; backups are left out. */
function formerMarkIsLeft(): boolean {
  const files = readdirSync(desk.folder).map((name) => join(desk.folder, name));
  const mark = createVault(KEY).keyMark;
  return files.some((file) => statSync(file).isFile() && readFileSync(file).includes(`${mark}`));
}

it('brings the database under the other key, from the first word to the last', async () => {
  expect((await desk.daiban('key', BOTH)).err).toContain('用法');
  expect((await desk.daiban('key rotate', FORMER_ALONE)).err).toContain(
    '请把新的密钥填在 DATA_KEY，原来的填在 DATA_KEY_FORMER',
  );
  expect((await desk.daiban('key rotate', BOTH)).err).toContain('机器人还没有用新的密钥启动');
  await startWithBoth();
  expect((await desk.daiban('doctor', BOTH)).out).toContain('换密钥：还有1把签名密钥、1位工作人员的电话在原来的密钥下');
  expect((await desk.daiban('doctor', NEXT_ALONE)).out).toContain('换密钥还没有完成');
  expect(formerMarkIsLeft()).toBe(true);
  const done = await desk.daiban('key rotate', BOTH);
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toContain('已换完：1把签名密钥、1位工作人员的电话，都在新的 DATA_KEY 下，并记入台账');
  expect((await desk.daiban('key rotate', BOTH)).out).toContain('没有要换的');
  expect((await desk.daiban('doctor', BOTH)).out).toContain('可以去掉 DATA_KEY_FORMER');
  expect((await desk.daiban('ledger verify', NEXT_ALONE)).out).toContain('OK，全部完好');
  expect((await desk.daiban('ledger verify', FORMER_ALONE)).err).toContain('请换回原来的密钥');
});

it('leaves nothing of the former key in the database file or its log', async () => {
  await startWithBoth();
  await desk.db.close();
  expect(await desk.daiban('key rotate', BOTH)).toMatchObject({ code: 0 });
  // What the change itself remembers of it: the mark alone.
  const db = openSqlite({ file: desk.file });
  const change = await db.read(async ({ q, t }) => q.select().from(t.settings));
  await db.write(async ({ q, t }) => {
    await q.delete(t.settings);
    await q.insert(t.settings).values(change.filter(({ key }) => key !== 'dataKeyChange'));
  });
  await db.close();
  expect(formerMarkIsLeft()).toBe(false);
});

it('a backup of before is read with the former key beside the other, and the change made once more', async () => {
  expect(await desk.daiban('backup', FORMER_ALONE)).toMatchObject({ code: 0 });
  const backups = join(desk.folder, 'backups');
  const [old = ''] = readdirSync(backups).filter((name) => name.endsWith('.backup'));
  await startWithBoth();
  await desk.daiban('key rotate', BOTH);
  desk.clock.advance(86_400_000);
  expect(await desk.daiban('backup', NEXT_ALONE)).toMatchObject({ code: 0, err: '' });
  await desk.db.close();
  const line = `restore ${join(backups, old)} --force`;
  expect((await desk.daiban(line, NEXT_ALONE)).err).toContain('请换成当时的密钥再试');
  expect(await desk.daiban(line, BOTH)).toMatchObject({ code: 0, err: '' });
  const db = openSqlite({ file: desk.file });
  await db.write((tx) => settleDataKey(tx, both));
  await db.close();
  expect((await desk.daiban('key rotate', BOTH)).out).toContain('已换完');
  expect((await desk.daiban('ledger verify', NEXT_ALONE)).out).toContain('OK，全部完好');
});

it.each([
  [{ DATA_KEY_FORMER: KEY.toString('base64') }, 'DATA_KEY_FORMER: 和 DATA_KEY 相同'],
  [{ DATA_KEY_FORMER: 'short' }, 'DATA_KEY_FORMER: 应为 32 字节的 base64'],
  [{ ...NEXT_ALONE, DATA_KEY_FORMER: Buffer.alloc(32, 9).toString('base64') }, '都打不开已有的数据'],
])('says what is wrong with the keys: %#', async (environment, words) => {
  expect((await desk.daiban('key rotate', environment)).err).toContain(words);
});
