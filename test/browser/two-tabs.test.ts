import { expect, test } from 'vitest';
import { card, openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

test('two people in two tabs see each other’s card updates without reloading', async () => {
  const house = await openHouse();
  const village = await house.tab({ as: 'villageAgent' });
  const town = await house.tab({ as: 'townClerk' });
  await say(village, '/登记 低保 张三 13800000000');
  await card(village, '帮办代办登记').getByLabel('自愿委托确认').check();
  await card(village, '帮办代办登记').getByRole('button', { name: '提交登记' }).click();
  await card(village, '代办件').getByText('待接收').waitFor();

  await card(town, '代办件').getByRole('button', { name: '接收' }).click();
  await town.getByRole('status').getByText('接收').waitFor();
  // What passes no turn to the village shows there together with what follows within a minute.
  await house.stage.passTo(house.stage.clock.now() + 60_000);
  await card(village, '代办件').getByText('办理中').waitFor();
  await card(town, '代办件').getByText('办理中').waitFor();
});

test('unread messages are counted for everybody one can be, until they are read', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  const colleague = page.getByRole('button', { name: /苏和/ });
  await say(page, '大家好');
  await colleague.getByLabel('1 条未读').waitFor();
  await colleague.click();
  await page.getByRole('log').getByText('大家好').waitFor();
  await page.waitForFunction('document.querySelector(".person-row[aria-pressed=true] .badge") === null');
  expect(await colleague.locator('.badge').count()).toBe(0);
});

test('@ completes the bot and / lists the commands with a line each', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  const line = page.getByLabel('输入消息');
  await line.fill('@');
  await page.getByRole('option', { name: /@代办/ }).click();
  expect(await line.inputValue()).toBe('@代办 ');
  await line.fill('/');
  const todo = page.getByRole('option', { name: /^\/待办/ });
  expect((await todo.textContent())?.length).toBeGreaterThan('/待办'.length + 5);
  await todo.click();
  await line.press('Enter');
  await page.getByRole('log').getByText('@代办 /待办', { exact: true }).waitFor();
  await page.locator('article.card').waitFor();
});

test('a stranger is greeted in the private chat', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'stranger' });
  await openChat(page, '代办');
  await card(page, '您好').waitFor();
});
