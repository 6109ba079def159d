import { expect, test } from 'vitest';
import { smallPicture } from '../../sandbox/said.ts';
import { card, openChat, openHouse, say, useBrowser } from './house.ts';

useBrowser();

test('photos sent to the bot become the papers of a case, counted on one card and on the case’s', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent', width: 390, height: 780 });
  await openChat(page, '安达社区便民服务站');
  await say(page, '/登记 临时救助 李四 13800000001');
  await card(page, '帮办代办登记').getByLabel('自愿委托确认').check();
  await card(page, '帮办代办登记').getByRole('button', { name: '提交登记' }).click();
  await card(page, '代办件').getByText('待接收').waitFor();
  await card(page, '代办件').getByRole('button', { name: '传材料' }).click();

  await house.stage.sandbox.idle();
  const sender = await house.tab({ as: 'villageAgent', width: 390, height: 780 });
  await openChat(sender, '代办');
  await card(sender, '传材料').getByText('的材料照片直接发给我').waitFor();
  const picture = { name: '户口本.png', mimeType: 'image/png', buffer: smallPicture.bytes };
  await sender.getByLabel('选图片或文件').setInputFiles([picture, picture]);
  await sender.getByRole('button', { name: '发送' }).click();
  await card(sender, '传材料').getByText('已收2张').waitFor();
  await card(sender, '传材料').getByRole('button', { name: '传完了' }).click();
  await card(sender, '传材料').getByText('已结束').waitFor();
  // No turn is passed: the group's card is changed a minute later.
  await house.stage.passTo(house.stage.clock.now() + 60_000);
  await card(page, '代办件').getByRole('button', { name: '查看材料（2份）' }).waitFor();
  expect(await card(page, '代办件').textContent()).toContain('材料2份');
});
