import { expect, test } from 'vitest';
import type { Database } from '../../db/database.ts';
import { bannerLists } from '../support/banner-lists.ts';
import { card, choose, openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const imported = (db: Database) =>
  db.read(async ({ q, t }) => (await q.select().from(t.imports)).filter(({ state }) => state === 'done').length);

test('an administrator sends four Excel files through the chat page, and somebody listed joins and registers a case', async () => {
  const house = await openHouse();
  const { someone, ...lists } = await bannerLists();
  const page = await house.tab({ as: 'admin', width: 390, height: 780 });
  await openChat(page, '代办');
  const files = [
    ['单位', lists.units],
    ['代办人员', lists.agents],
    ['事项清单', lists.catalogue],
    ['常用叫法', lists.names],
  ] as const;
  for (const [name, buffer] of files) {
    await page.getByLabel('选图片或文件').setInputFiles([{ name: `${name}.xlsx`, mimeType: XLSX, buffer }]);
    await page.getByRole('button', { name: '发送' }).click();
    await card(page, `核对${name}`).getByRole('button', { name: '确认导入' }).click();
    // An answer that comes after the platform’s three seconds changes no card, and a busy machine takes as long.
    await expect.poll(() => imported(house.db)).toBe(files.findIndex(([one]) => one === name) + 1);
  }

  const newcomer = await house.tab({ as: 'stranger', width: 390, height: 780 });
  await openChat(newcomer, '代办');
  // Whoever opens the chat for the first time is greeted with it.
  const application = card(newcomer, '申请成为代办员');
  await application.getByLabel('姓名').fill(someone.name);
  await application.getByLabel('联系电话').fill(someone.phone);
  await choose(application, '所在单位', someone.village);
  await choose(application, '专职/兼职', '专职');
  await application.getByRole('button', { name: '提交申请' }).click();
  await card(page, '代办员申请').getByRole('button', { name: '通过', exact: true }).click();

  await say(newcomer, '/登记 敬老证 张三 13800000000');
  const form = card(newcomer, '帮办代办登记');
  await form.getByLabel('自愿委托确认').check();
  await form.getByRole('button', { name: '提交登记' }).click();
  await card(newcomer, '代办件').getByText('待接收').waitFor();
  expect(await card(newcomer, '代办件').textContent()).toMatch(/26-\d{2}-00001/);
});
