import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { smallPicture } from '../../sandbox/said.ts';
import { openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

const picture = { name: '户口本.png', mimeType: 'image/png', buffer: smallPicture.bytes };
const paper = { name: '证明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') };

async function take(page: Page, files: readonly (typeof picture)[]): Promise<void> {
  await page.getByLabel('选图片或文件').setInputFiles([...files]);
}

/** What the bot was told of messages, newest last. */
function heard(house: Awaited<ReturnType<typeof openHouse>>) {
  return house.stage.sandbox.deliveries
    .map(({ envelope }) => envelope.event['message'])
    .filter((message) => message !== undefined) as Record<string, string>[];
}

test('in a group pictures reach the bot with words that mention it, and the page says so', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent', width: 390, height: 780 });
  await openChat(page, '安达社区便民服务站');
  await take(page, [picture, picture]);
  await page.getByText('机器人只看得到 @代办 的消息').waitFor();
  await page.getByRole('button', { name: '加上 @代办' }).click();
  await page.getByRole('button', { name: '不发 户口本.png' }).first().click();
  await page.getByRole('button', { name: '发送' }).click();
  await page.getByRole('log').getByRole('img', { name: '图片' }).waitFor();
  await house.stage.sandbox.idle();
  expect(heard(house).map((message) => message['message_type'])).toEqual(['post']);
  expect(await page.getByLabel('输入消息').inputValue()).toBe('');
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: '图片' }).click(),
  ]);
  await opened.waitForLoadState();
  expect(await opened.evaluate('document.contentType')).toBe('image/png');
});

test('a reply carries its file and says what it answers', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await openChat(page, '代办');
  await say(page, '/我');
  const asked = page.locator('.message', { hasText: '我的职责' });
  await asked.hover();
  await asked.getByRole('button', { name: '回复' }).click();
  await page.getByText(/^回复 代办：\[卡片\]/).waitFor();
  await take(page, [paper]);
  await page.getByRole('button', { name: '发送' }).click();
  await page.getByRole('link', { name: /证明\.pdf/ }).waitFor();
  await house.stage.sandbox.idle();
  const last = heard(house).at(-1);
  expect([last?.['message_type'], last?.['parent_id']]).toEqual(['file', await asked.getAttribute('data-message')]);
  await page.locator('.quote').getByText('回复 [卡片]').waitFor();
  expect(await page.getByRole('button', { name: '不回复这条' }).count()).toBe(0);
});
