import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

test('moved to the 15th, the clock brings the reminder of the monthly report and says whom it reminded', async () => {
  const house = await openHouse('2026-12-14T10:00');
  const page = await house.tab({ as: 'townManager', width: 390, height: 780 });
  await page.getByTitle('拨动时钟').click();
  await page.getByRole('button', { name: /^15日/ }).click();
  const passed = page.getByRole('region', { name: '拨钟之后' });
  await passed.getByText('现在是 12月15日').waitFor();
  await passed.getByRole('button', { name: /群 巴彦托海镇便民服务中心/ }).click();
  await page.getByRole('heading', { name: /巴彦托海镇便民服务中心/ }).waitFor();
  const report = page.locator('article.card').filter({ has: page.getByRole('button', { name: '确认报送' }) });
  await report.getByRole('button', { name: '确认报送' }).click();
  await page.getByRole('dialog', { name: '确认报送？' }).getByRole('button', { name: '确定' }).click();
  await page.locator('article.card').getByText('已报送').first().waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

test('the clock goes to any later date, every working day in its turn, and to none that is past', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'admin' });
  await page.getByTitle('拨动时钟').click();
  await page.getByLabel('别的日期和时间').fill('2026-11-20T09:00');
  await page.getByRole('button', { name: '拨到这时' }).click();
  await page.getByRole('status').getByText('时钟只能往前拨').waitFor();
  await page.getByLabel('别的日期和时间').fill('2026-12-02T14:30');
  await page.getByRole('button', { name: '拨到这时' }).click();
  await page.getByText('现在是 12月2日周三 14:30').waitFor();
  const slots = await house.db.read(({ q, t }) =>
    q.select({ slot: t.cronRuns.slot }).from(t.cronRuns).where(eq(t.cronRuns.job, 'purge')).orderBy(t.cronRuns.slot),
  );
  expect(slots.map(({ slot }) => new Date(slot).toISOString().slice(5, 10))).toEqual([
    ...['11-23', '11-24', '11-25', '11-26', '11-27', '11-28', '11-29', '11-30', '12-01'],
  ]);
  await house.stage.service.app.watch.look();
  const told = house.stage.people.admin.sees().filter((words) => words.includes('定时任务'));
  expect(told).toEqual([]);
});

test('a group opened on the page asks its first member which unit it belongs to', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'admin' });
  await page.getByRole('button', { name: '建群' }).click();
  await page.getByLabel('群名').fill('安门社区便民服务站');
  await page.getByLabel(/苏和/).check();
  await page.getByRole('dialog').getByRole('button', { name: '建群', exact: true }).click();
  await page.getByRole('heading', { name: '安门社区便民服务站（2人）' }).waitFor();
  await page.locator('article.card').getByText('安门社区便民服务站').first().waitFor();
  const [group] = [...house.stage.sandbox.world.chats.values()].filter(({ name }) => name === '安门社区便民服务站');
  expect(group).toMatchObject({ members: ['ou_demo_admin', 'ou_demo_villageColleague'], hasBot: true });
});

test('the drawer shows ledger with hashes, outbox, events and calls', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await say(page, '/我');
  await page.locator('article.card').waitFor();
  await page.getByRole('button', { name: '发生了什么' }).click();
  const drawer = page.getByRole('complementary', { name: '发生了什么' });
  await drawer.getByText('系统 绑定群 大雁镇').waitFor();
  await drawer.getByRole('tab', { name: '待发消息' }).click();
  await drawer.getByText('回复到 安达社区便民服务站群').waitFor();
  await drawer.getByText('已送到').first().waitFor();
  await drawer.getByRole('tab', { name: '推送事件' }).click();
  await drawer.getByText('有人说话').first().waitFor();
  await drawer.getByRole('tab', { name: '平台调用' }).click();
  await drawer
    .getByText(/^POST \/im\/v1\/messages/)
    .first()
    .waitFor();
});

test('a press sent twice by the platform is dealt with once', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await page.getByTitle('网络状况').click();
  await page.getByRole('menuitem', { name: /重复推送/ }).click();
  await page.getByRole('status').getByText('重复推送').waitFor();
  await say(page, '/我');
  await page.locator('article.card').waitFor();
  await house.stage.sandbox.idle();
  expect(house.stage.sandbox.deliveries.map(({ envelope }) => envelope.header.event_type)).toHaveLength(2);
  expect(await page.locator('article.card').count()).toBe(1);
});

test('a phone shows one pane at a time, with ways back', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent', width: 360, height: 740 });
  await openChat(page, '安达社区便民服务站');
  await say(page, '/我');
  await page.locator('article.card').waitFor();
  await page.getByRole('button', { name: '返回会话列表' }).click();
  await page.getByRole('button', { name: /换人/ }).click();
  await page.getByRole('button', { name: /王芳/ }).click();
  await openChat(page, '巴彦托海镇便民服务中心');
  await page.getByRole('heading', { name: /巴彦托海镇便民服务中心/ }).waitFor();
  await say(page, '/登记 城乡居民参保登记 其木格 13700001234 很长的备注很长的备注很长的备注很长的备注');
  await page.locator('.quote').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  expect(await page.getByRole('log').evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  await page.reload();
  await page.getByRole('heading', { name: /巴彦托海镇便民服务中心/ }).waitFor();
  expect(await page.getByTitle('换一个人').textContent()).toContain('王芳');
});
