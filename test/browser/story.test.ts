import { expect, test } from 'vitest';
import { card, confirm, openHouse, useBrowser } from './house.ts';

useBrowser();

test('the guided story leads from a typed line to the statistics and knows each step done', async () => {
  const house = await openHouse();
  const page = await house.tab();
  const story = page.getByRole('region', { name: '新手引导' });
  const step = (number: number) => story.getByLabel(`第 ${number} 步，共 6 步`).waitFor();

  await step(1);
  await story.getByRole('button', { name: '帮我填好' }).click();
  await page.getByRole('button', { name: '发送' }).click();

  await step(2);
  const registration = card(page, '帮办代办登记');
  await registration.getByLabel('自愿委托确认').check();
  await registration.getByRole('button', { name: '提交登记' }).click();

  await step(3);
  await story.getByRole('button', { name: '换成王芳' }).click();
  await card(page, '代办件').getByRole('button', { name: '接收' }).click();

  await step(4);
  await card(page, '代办件').getByRole('button', { name: '办结', exact: true }).click();
  await confirm(page);

  await step(5);
  await story.getByRole('button', { name: '换成娜仁' }).click();
  await card(page, '代办件').getByRole('button', { name: '确认送达' }).click();
  await confirm(page);
  await card(page, '代办件')
    .getByRole('button', { name: /满意度/ })
    .click();
  await page.getByRole('option', { name: '非常满意', exact: true }).click();
  await card(page, '代办件').getByRole('button', { name: '回访评价' }).click();
  await confirm(page);

  await step(6);
  await story.getByRole('button', { name: '换成敖登' }).click();
  await page.getByRole('button', { name: '发送' }).click();
  await story.getByLabel('全部完成').waitFor();
  await page.locator('.chart[data-state="ready"]').first().waitFor();
});

test('what is dismissed stays dismissed, and can be called back', async () => {
  const house = await openHouse();
  const page = await house.tab();
  await page.getByRole('button', { name: '不用引导' }).click();
  await page.reload();
  await page.getByRole('button', { name: '新手引导' }).click();
  await page.getByRole('region', { name: '新手引导' }).waitFor();
  expect(await page.getByRole('button', { name: '新手引导' }).count()).toBe(0);
});
