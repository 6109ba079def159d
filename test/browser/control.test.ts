import { expect, test } from 'vitest';
import { openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

test('moved to the 15th, the clock brings the reminder of the monthly report', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'townClerk' });
  await page.getByTitle('拨动时钟').click();
  await page.getByRole('menuitem', { name: /^15日/ }).click();
  await page.getByRole('status').getByText('现在是 12月15日').waitFor();
  const report = page.locator('article.card').filter({ has: page.getByRole('button', { name: '确认报送' }) });
  await report.waitFor();
  await report.getByRole('button', { name: '确认报送' }).click();
  await page.getByRole('dialog', { name: '确认报送？' }).getByRole('button', { name: '确定' }).click();
  await page.locator('article.card').getByText('已报送').first().waitFor();
});

test('the drawer shows ledger with hashes, outbox, events and calls', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await say(page, '/我');
  await page.locator('article.card').waitFor();
  await page.getByRole('button', { name: '发生了什么' }).click();
  const drawer = page.getByRole('complementary', { name: '发生了什么' });
  await drawer.getByRole('tab', { name: '待发消息' }).click();
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
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
});
