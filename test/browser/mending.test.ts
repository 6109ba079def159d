/** What is mended on the way: a step taken back, a word added by a reply, and errands and people that no list foresees. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { become, card, choose, confirm, openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

async function submit(page: Page): Promise<void> {
  await card(page, '帮办代办登记').getByLabel('自愿委托确认').check();
  await card(page, '帮办代办登记').getByRole('button', { name: '提交登记' }).click();
  await card(page, '代办件').getByText('待接收').waitFor();
}

test('办结 pressed too early is taken back by the one who pressed it, and no card says 已办结 any longer', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await openChat(page, '安达社区便民服务站');
  await say(page, '/登记 低保 张三 13800000001');
  await submit(page);
  await become(page, '王芳');
  await openChat(page, '巴彦托海镇便民服务中心');
  const atTown = card(page, '代办件');
  await atTown.getByRole('button', { name: '接收' }).click();
  await atTown.getByRole('button', { name: '办结', exact: true }).click();
  await confirm(page);
  await atTown.getByText('已办结', { exact: true }).waitFor();
  await atTown.getByRole('button', { name: '撤销' }).click();
  await atTown.getByText('办理中', { exact: true }).waitFor();
  await atTown.getByText('王芳撤销了“办结”').waitFor();

  await become(page, '娜仁');
  await openChat(page, '安达社区便民服务站');
  const atVillage = card(page, '代办件');
  await atVillage.getByText('办理中', { exact: true }).waitFor();
  expect(await atVillage.getByText('已办结', { exact: true }).count()).toBe(0);
});

test('a reply to a case’s card in the private chat becomes a note on it', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await openChat(page, '代办');
  await say(page, '/登记 低保 张三 13800000001');
  await submit(page);
  const shown = page.locator('.message', { hasText: '待接收' }).last();
  await shown.hover();
  await shown.getByRole('button', { name: '回复' }).click();
  await say(page, '儿子周五来取');
  await page.getByText('已记入 26-01-00001 的说明').waitFor();
  await house.stage.passTo(house.stage.clock.now() + 60_000);
  await shown.getByText('娜仁说明：儿子周五来取').waitFor();
});

test('an errand outside the catalogue, of a person without a phone, is registered in the person’s own words', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent', width: 390, height: 844, path: '/' });
  await openChat(page, '代办');
  await say(page, '/登记');
  const form = card(page, '帮办代办登记');
  await form.getByLabel('申请人姓名').fill('张三');
  await form.getByLabel('联系电话').first().fill('无');
  await choose(form, '办理事项', '其他事项（目录里没有的）');
  await form.getByRole('button', { name: /目录里没有的事项/ }).click();
  await form.getByLabel('其他事项', { exact: true }).fill('修水管');
  await form.getByLabel('自愿委托确认').check();
  await form.getByRole('button', { name: '提交登记' }).click();
  await form.getByRole('button', { name: '仍要登记' }).click();
  await card(page, '代办件').getByText('其他事项：修水管').first().waitFor();
  await card(page, '代办件').getByText('没有电话').waitFor();
});
