import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { card, openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

/** Serious and critical faults as `rule: element`. */
async function faultsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => id + ': ' + node.html.slice(0, 120) + ' ' + node.failureSummary.slice(0, 200))))`);
}

test('the work chat has no serious accessibility fault, with a form, a list and the drawer open', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await say(page, '/登记 低保 张三 13800000000');
  await card(page, '帮办代办登记')
    .getByRole('button', { name: /办理事项/ })
    .click();
  expect(await faultsOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByLabel('输入消息').fill('/');
  await page.getByTitle('拨动时钟').click();
  expect(await faultsOn(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '发生了什么' }).click();
  await page.getByRole('tab', { name: '推送事件' }).click();
  await page.getByText('有人说话').first().waitFor();
  expect(await faultsOn(page)).toEqual([]);
});

test('neither has a phone', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'townManager', width: 360, height: 740 });
  await page.getByRole('navigation', { name: '会话' }).waitFor();
  expect(await faultsOn(page)).toEqual([]);
  await openChat(page, '代办');
  await page.locator('article.card').first().waitFor();
  expect(await faultsOn(page)).toEqual([]);
});

// Every card twice is a lot to look at for a busy machine.
test('neither has the gallery', async () => {
  const house = await openHouse();
  const page = await house.tab({ path: '/gallery' });
  await page.locator('.gallery-item').first().waitFor();
  // Cards out of sight are not laid out until they are needed; here all are.
  await page.addStyleTag({ content: '.gallery-item { content-visibility: visible !important; }' });
  expect(await faultsOn(page)).toEqual([]);
});
