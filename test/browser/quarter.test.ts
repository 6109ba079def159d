import { expect, test } from 'vitest';
import { at } from '../support/office.ts';
import { become, card, confirm, openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

test('from the 15th to the bulletin: the town writes and reports, the banner publishes, the town reads it', async () => {
  const house = await openHouse('2026-06-15T08:00');
  const page = await house.tab({ as: 'townManager' });
  await page.getByTitle('拨动时钟').click();
  await page.getByRole('button', { name: /^15日/ }).click();
  await page.getByText('现在是 6月15日').waitFor();

  await openChat(page, '代办');
  await say(page, '/月报');
  const report = card(page, '2026年5月工作进展月报');
  await report.getByRole('button', { name: '填写文字' }).click();
  await card(page, '2026年5月月报：填写文字').getByLabel('主要做法').fill('每周三到嘎查现场代办');
  await card(page, '2026年5月月报：填写文字').getByRole('button', { name: '保存' }).click();
  await report.getByText('每周三到嘎查现场代办').waitFor();
  await report.getByRole('button', { name: '确认报送' }).click();
  await confirm(page);
  await report.getByText('已报送').first().waitFor();

  await house.stage.moveTo(at('2026-06-16T09:00'));
  await become(page, '白玉兰');
  await openChat(page, '旗政务服务局调度群');
  await card(page, '2026年5月月报报送情况').getByText('已报送1个').waitFor();

  await house.stage.moveTo(at('2026-07-01T09:00'));
  await openChat(page, '代办');
  const draft = card(page, '2026年第二季度帮办代办工作情况通报');
  await draft.getByRole('button', { name: '发布', exact: true }).click();
  await confirm(page);
  await draft.getByText('已发布').first().waitFor();

  await become(page, '敖登');
  await openChat(page, '巴彦托海镇便民服务中心');
  await draft.waitFor();
  expect(await draft.textContent()).toContain('白玉兰');
  expect(await draft.getByRole('button', { name: '发布', exact: true }).count()).toBe(0);
});
