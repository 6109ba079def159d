/** One go through everything that a banner does on its first day: a scan, the lists, a colleague, a case. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openSqlite } from '../../db/sqlite/open.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { mountPage } from '../../sandbox/page.ts';
import { readConfig } from '../../src/config.ts';
import { startLive } from '../../src/live.ts';
import { run } from '../cli/support.ts';
import { bannerLists } from '../support/banner-lists.ts';
import { afterThis, card, choose, openChat, openTab, say, useBrowser } from './house.ts';

useBrowser();

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PHONE = { width: 390, height: 780 };
const clock = { now: () => Date.now() };

const imported = (db: Database) =>
  db.read(async ({ q, t }) => (await q.select().from(t.imports)).filter(({ state }) => state === 'done').length);

/** Both halves of a promise that somebody else settles. */
function promised<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('a scan in the browser, the bot by the long connection, four lists, a colleague, and the first case', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'daiban-first-day-'));
  afterThis(async () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'daiban.db');
  const envFile = join(folder, '.env');
  const sandbox = await startSandbox({ clock, scan: { pollSeconds: 0.1 } });
  afterThis(() => sandbox.close());
  const admin = sandbox.addPerson({ name: '信息中心 李工' });
  const colleague = sandbox.addPerson({ name: '乌云' });

  const shown = promised<string>();
  const stopping = promised<void>();
  const running = promised<void>();
  const connecting = run(`connect --domain ${sandbox.url}`, {
    ...{ clock, envFile, readConfig: () => readConfig({}) },
    onPrint: (text) => {
      const [url] = /http\S+user_code=\S+/.exec(text) ?? [];
      if (url !== undefined) shown.resolve(url);
    },
    async startBot(settings) {
      const ownPlaces = { PORT: '0', DATABASE_URL: `file:${file}`, FILES_URL: `file:${folder}/papers` };
      const config = readConfig({ ...settings, ...ownPlaces, LOG_LEVEL: 'fatal' });
      if (config.mode !== 'live') throw new Error('connect has written no credentials');
      const stop = await startLive(config, { mayBeNew: true });
      running.resolve();
      await stopping.promise;
      await stop();
      return 0;
    },
  });
  afterThis(async () => {
    stopping.resolve();
    await connecting;
  });

  /** What is waited for, unless the command ends before: then with why. */
  const unlessItEnds = <Value>(wanted: Promise<Value>): Promise<Value> => {
    const ended = connecting.then(({ code, out, err }) => {
      throw new Error(`connect ended with ${code}: ${err}\n${out}`);
    });
    return Promise.race([wanted, ended]);
  };

  const phone = await openTab(await unlessItEnds(shown.promise), PHONE);
  await phone.getByRole('heading', { name: '创建应用“代办”' }).waitFor();
  expect(await phone.getByRole('listitem').allTextContents()).toEqual(
    expect.arrayContaining(['im:message:send_as_bot', 'im.message.receive_v1', 'card.action.trigger']),
  );
  await phone.getByLabel('扫码的人').selectOption(admin.openId);
  await phone.getByRole('button', { name: '确认创建' }).click();
  await phone.getByText('应用已建好').waitFor();
  await unlessItEnds(running.promise);
  await sandbox.connected();
  expect(parseEnv(readFileSync(envFile, 'utf8'))).toMatchObject({ ADMIN_OPEN_IDS: admin.openId });

  const db = openSqlite({ file });
  afterThis(() => db.close());
  await mountPage({ db, sandbox });
  const tabOf = (openId: string) => openTab(`${sandbox.url}/?as=${openId}`, PHONE);
  const { someone, ...lists } = await bannerLists();
  const page = await tabOf(admin.openId);
  await openChat(page, '代办');
  await say(page, '/导入');
  await card(page, '导入').getByText('空表').first().waitFor();
  const files = [
    ['单位', lists.units],
    ['代办人员', lists.agents],
    ['事项清单', lists.catalogue],
    ['常用叫法', lists.names],
  ] as const;
  for (const [done, [name, buffer]] of files.entries()) {
    await page.getByLabel('选图片或文件').setInputFiles([{ name: `${name}.xlsx`, mimeType: XLSX, buffer }]);
    await page.getByRole('button', { name: '发送' }).click();
    await card(page, `核对${name}`).getByRole('button', { name: '确认导入' }).click();
    await expect.poll(() => imported(db)).toBe(done + 1);
  }

  const newcomer = await tabOf(colleague.openId);
  await openChat(newcomer, '代办');
  // Whoever opens the chat is greeted with the form; nothing follows it until it is sent.
  const application = newcomer.locator('article.card[aria-label^="申请成为代办员"]').first();
  await application.getByLabel('姓名').fill(someone.name);
  await application.getByLabel('联系电话').fill(someone.phone);
  await choose(application, '所在单位', someone.village);
  await choose(application, '专职/兼职', '专职');
  await application.getByRole('button', { name: '提交申请' }).click();
  await card(page, '代办员申请').getByRole('button', { name: '通过', exact: true }).click();

  await newcomer.locator('article.card[aria-label^="申请通过了"]').first().waitFor();
  await say(newcomer, '/登记 敬老证 张三 13800000000');
  const form = newcomer.locator('article.card[aria-label^="帮办代办登记"]').first();
  await form.getByLabel('自愿委托确认').check();
  await form.getByText('当场办结、备注').click();
  await form.getByLabel('当场办结').check();
  await form.getByRole('button', { name: '提交登记' }).click();
  const first = newcomer.locator('article.card[aria-label^="代办件"]').first();
  await first.getByText('已办结').first().waitFor();
  expect(await first.textContent()).toMatch(/\d{2}-\d{2}-00001/);

  stopping.resolve();
  expect(await connecting).toMatchObject({ code: 0, err: '' });
});
