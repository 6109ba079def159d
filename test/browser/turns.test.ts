import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { become, card, choose, confirm, openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

/** Registers by a line typed in the village's group, as the village's agent. */
async function register(page: Page, line: string): Promise<void> {
  await openChat(page, '安达社区便民服务站');
  await say(page, line);
  await card(page, '帮办代办登记').getByLabel('自愿委托确认').check();
  await card(page, '帮办代办登记').getByRole('button', { name: '提交登记' }).click();
  await card(page, '代办件').getByText('待接收').waitFor();
}

test('a return comes to the agent as a new message that names her, below what was said since', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await register(page, '/登记 临时救助 李四 13800000001');
  await say(page, '大家下午开会');
  await become(page, '王芳');
  await openChat(page, '巴彦托海镇便民服务中心');
  const atTown = card(page, '代办件');
  await atTown.getByText('材料不全？一次写清').click();
  await atTown.getByLabel('需补正的材料').fill('户口本复印件');
  await atTown.getByRole('button', { name: '退回补正' }).click();

  await become(page, '娜仁');
  await openChat(page, '安达社区便民服务站');
  const last = page.locator('.message').last();
  await last.getByText('待补正').waitFor();
  expect(await last.textContent()).toContain('@娜仁');
  expect(await last.textContent()).toContain('户口本复印件');
  const { village } = house.stage.groups;
  const [newest] = house.stage.sandbox.world.messagesOf(village.chatId).slice(-1);
  expect(newest).toMatchObject({ msgType: 'interactive', updated: false });
});

test('a wrong telephone number is put right in the private chat, and the group’s card goes on', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await register(page, '/登记 临时救助 李四 13800000001');
  await card(page, '代办件').getByRole('button', { name: '更正' }).click();
  await openChat(page, '代办');
  const form = card(page, '更正');
  await form.getByLabel('联系电话').fill('13800000002');
  await form.getByRole('button', { name: '确认更正' }).click();
  await page.getByRole('status').getByText('已更正').waitFor();
  await page.getByRole('button', { name: '发生了什么' }).click();
  await page.getByText('26-01-00001 娜仁 更正').waitFor();
});

test('plain words find a case: its number, its person, and where it is', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await register(page, '/登记 临时救助 李四 13800000001');
  await openChat(page, '代办');
  // The greeting.
  await page.locator('article.card').first().waitFor();
  for (const words of ['26-01-00001', '李四', '李四的救助办好了吗']) {
    const before = await page.locator('article.card').count();
    await say(page, words);
    const answer = page.locator('article.card').nth(before);
    await answer.getByText('26-01-00001').first().waitFor();
  }
});

test('the second story leads through what goes wrong, and knows each step done', async () => {
  const house = await openHouse();
  const page = await house.tab({ width: 1280 });
  await page.getByRole('button', { name: '出了岔子？' }).click();
  const story = page.getByRole('region', { name: '出了岔子怎么办' });
  const step = (number: number) => story.getByLabel(`第 ${number} 步，共 9 步`).waitFor();
  const goOn = (name: string) => story.getByRole('button', { name: `换成${name}` }).click();

  await step(1);
  await story.getByRole('button', { name: '帮我填好' }).click();
  await story.getByRole('button', { name: '发出去' }).click();
  await card(page, '帮办代办登记').getByLabel('自愿委托确认').check();
  await card(page, '帮办代办登记').getByRole('button', { name: '提交登记' }).click();

  await step(2);
  await card(page, '代办件').getByRole('button', { name: '更正' }).click();
  await openChat(page, '代办');
  await card(page, '更正').getByLabel('联系电话').fill('13800000002');
  await card(page, '更正').getByRole('button', { name: '确认更正' }).click();

  await step(3);
  await goOn('王芳');
  await card(page, '代办件').getByText('材料不全？一次写清').click();
  await card(page, '代办件').getByLabel('需补正的材料').fill('户口本复印件');
  await card(page, '代办件').getByRole('button', { name: '退回补正' }).click();

  await step(4);
  await goOn('娜仁');
  await card(page, '代办件').getByRole('button', { name: '重新转送' }).click();

  await step(5);
  await goOn('王芳');
  await card(page, '代办件').getByRole('button', { name: '接收' }).click();
  await card(page, '代办件').getByRole('button', { name: '办结', exact: true }).click();
  await confirm(page);

  await step(6);
  await card(page, '代办件').getByRole('button', { name: '撤销' }).click();

  await step(7);
  await choose(card(page, '代办件'), '办理结果', '不予办理');
  await card(page, '代办件')
    .getByText(/写说明/)
    .click();
  await card(page, '代办件').getByLabel('说明', { exact: true }).fill('不符合救助条件');
  await card(page, '代办件').getByLabel('群众下一步可以').fill('可以申请低保');
  await card(page, '代办件').getByRole('button', { name: '办结', exact: true }).click();
  await confirm(page);

  await step(8);
  await goOn('娜仁');
  await card(page, '代办件').getByRole('button', { name: '确认送达' }).click();
  await confirm(page);
  await choose(card(page, '代办件'), '满意度', '不满意');
  await card(page, '代办件').getByLabel('评价内容').fill('跑了两趟');
  await card(page, '代办件').getByRole('button', { name: '回访评价' }).click();
  await confirm(page);

  await step(9);
  await goOn('敖登');
  await card(page, '代办件').getByLabel('整改情况').fill('已上门说明原因');
  await card(page, '代办件').getByRole('button', { name: '整改', exact: true }).click();
  await story.getByLabel('全部完成').waitFor();
  await story.getByRole('button', { name: '拨到15日看月报' }).waitFor();
});
