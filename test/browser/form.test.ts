import { expect, test } from 'vitest';
import { card, openHouse, say, useBrowser } from './house.ts';

useBrowser();

test('what was typed survives a missing field, a refusal, and the card that comes with it', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await say(page, '/登记 低保');
  const form = card(page, '帮办代办登记');
  await form.getByLabel('申请人姓名').fill('李四');
  await form.getByRole('button', { name: '提交登记' }).click();
  await form.getByText('请填写联系电话').waitFor();
  expect(
    house.stage.sandbox.deliveries.filter(({ envelope }) => envelope.header.event_type.startsWith('card')),
  ).toEqual([]);

  await form.getByLabel('联系电话').fill('1380000');
  await form.getByLabel('自愿委托确认').check();
  await form.getByRole('button', { name: '提交登记' }).click();
  await form.getByText(/有\d处要改/).waitFor();
  await form.getByText('已记下 李*').waitFor();
  expect(await form.getByLabel('联系电话').inputValue()).toBe('1380000');
  expect(await form.getByLabel('自愿委托确认').isChecked()).toBe(true);

  await form.getByLabel('联系电话').fill('13800000000');
  await form.getByRole('button', { name: '提交登记' }).click();
  await card(page, '代办件').getByText('待接收').waitFor();
});

test('half-typed words stay when another person’s press replaces the card', async () => {
  const house = await openHouse();
  const { villageAgent } = house.stage.people;
  await villageAgent.says(house.stage.groups.village, '/登记 低保 张三 13800000000');
  const page = await house.tab({ as: 'townClerk' });
  const village = await house.tab({ as: 'villageAgent' });
  const form = card(village, '帮办代办登记');
  await form.getByLabel('自愿委托确认').check();
  await form.getByRole('button', { name: '提交登记' }).click();

  const shown = card(page, '代办件');
  await shown.getByRole('button', { name: /一次写清/ }).click();
  await shown.getByLabel('说明').fill('少了户口本');
  await house.stage.people.secondClerk.clicks(house.stage.groups.town, '接收');
  await shown.getByText('办理中').waitFor();
  expect(await shown.getByLabel('说明').inputValue()).toBe('少了户口本');
});

test('a question is asked before what cannot be undone', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  await say(page, '/登记 低保 张三 13800000000');
  await card(page, '帮办代办登记').getByLabel('自愿委托确认').check();
  await card(page, '帮办代办登记').getByRole('button', { name: '提交登记' }).click();
  const shown = card(page, '代办件');
  await shown.getByRole('button', { name: /撤回此件/ }).click();
  await shown.getByLabel('撤回原因').fill('不办了');
  await shown.getByRole('button', { name: '撤回', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '确定撤回？' });
  await dialog.getByRole('button', { name: '取消' }).click();
  await shown.getByText('待接收').waitFor();
  await shown.getByRole('button', { name: '撤回', exact: true }).click();
  await dialog.getByRole('button', { name: '确定' }).click();
  await shown.getByText('已撤回', { exact: true }).waitFor();
});
