/** A typed line on a phone: the button is in view, ambiguous words are answered by a press, and a pasted list is one card. */
import { expect, test } from 'vitest';
import { card, openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

/** What the chat's own bars leave of 844 pixels. */
const ROOM = 700;

test.each([
  ['a typed line', '/登记 低保 张三 13800000000'],
  ['an empty form', '/登记'],
])('提交登记 of %s is on the first screen of a phone', async (_, line) => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent', width: 390, height: 844 });
  await openChat(page, '安达社区便民服务站');
  await house.stage.people.villageAgent.says(house.stage.groups.village, line);
  const form = card(page, '帮办代办登记');
  await form.getByRole('button', { name: '提交登记' }).waitFor();
  const top = (await form.boundingBox())?.y ?? 0;
  const button = await form.getByRole('button', { name: '提交登记' }).boundingBox();
  expect((button?.y ?? 0) + (button?.height ?? 0) - top).toBeLessThanOrEqual(ROOM);
  expect(button?.height).toBeGreaterThan(0);
  const consent = await form.getByLabel('自愿委托确认').boundingBox();
  expect(consent?.y).toBeLessThan(button?.y ?? 0);
});

test('a word that may mean two items is answered by a press; what has been typed stays', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await say(page, '/登记 残疾证 张三');
  const form = card(page, '帮办代办登记');
  await form.getByText('“残疾证”有2项').waitFor();
  await form.getByLabel('联系电话').fill('13800000000');
  await form.getByRole('button', { name: '残疾人证挂失补办' }).click();
  await form.getByText('“残疾证”有2项').waitFor({ state: 'detached' });
  await form.getByText('已记下 张*　138****0000（尾号可核对）').waitFor();
  await form.getByLabel('自愿委托确认').check();
  await form.getByRole('button', { name: '提交登记' }).click();
  await card(page, '代办件').getByText('待接收').waitFor();
});

test('a pasted list is one card and one press', async () => {
  const house = await openHouse();
  await house.stage.people.villageAgent.says(
    house.stage.groups.village,
    '/登记\n低保 张三 13800000001\n高龄津贴 李四 1390000001\n低保 王五 13700000001',
  );
  const page = await house.tab({ as: 'villageAgent' });
  const list = card(page, '帮办代办登记（多位）');
  await list.getByText('共3位，2位可以登记，1位要改').waitFor();
  await list.getByLabel('自愿委托确认').check();
  await list.getByRole('button', { name: '登记这2位' }).click();
  await list.getByText('共3位，已登记2位，1位要改').waitFor();
  await list.getByText('26-01-00002').waitFor();
  await list.getByRole('button', { name: '改' }).click();
  const own = page.locator('article.card[aria-label="帮办代办登记"]').last();
  await own.getByText('已记下 李*').waitFor();
});
