import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type House, openHouse, useBrowser } from './house.ts';

useBrowser();

const plain = (content: string) => ({ tag: 'plain_text', content });
const calls = (pressed: string) => ({ behaviors: [{ type: 'callback', value: { pressed } }] });
const rows = Array.from({ length: 7 }, (_, index) => ({
  name: `第${index + 1}行`,
  state: [{ text: '好', color: 'green' }],
}));

/** Posts a card into the village's group as it stands, whatever the platform would say of it. */
function post(house: House, ...elements: unknown[]) {
  const content = JSON.stringify({ schema: '2.0', header: { title: plain('试') }, body: { elements } });
  const { chatId } = house.stage.groups.village;
  return house.stage.sandbox.world.addMessage({ chatId, senderOpenId: undefined, msgType: 'interactive', content });
}

test('markdown keeps its marks, loses scripts, and shows typed signs as signs', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  const content = [
    "**粗** <font color='red'>红</font> <at id=ou_demo_townClerk></at> [网](https://example.com)",
    '[坏](javascript:alert(1)) <img src=x onerror=alert(2)> &#60;at id=all&#62; &#42;&#42;不粗&#42;&#42; &#126; &sim;',
    '头<br>二\n三',
    '- 一\n- 二\n',
    '| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |',
  ].join('\n\n');
  post(house, { tag: 'markdown', content });
  const shown = page.locator('article.card .md');
  await shown.waitFor();
  expect(await shown.locator('strong').allTextContents()).toEqual(['粗']);
  expect(await shown.locator('.at').allTextContents()).toEqual(['@王芳']);
  expect(await shown.locator('a[href]').allTextContents()).toEqual(['网']);
  expect(await shown.locator('li').count()).toBe(2);
  expect(await shown.locator('td').count()).toBe(2);
  expect(await shown.textContent()).toContain('<at id=all> **不粗** ~ ∼');
  expect(await shown.locator('br').count(), 'a plain line break is none').toBe(1);
  expect(await shown.locator('[onerror], [href^=javascript]').count()).toBe(0);
});

test('what the renderer does not know is shown in red by its tag', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  post(house, { tag: 'column_set', columns: [{ tag: 'column', elements: [{ tag: 'hologram' }] }] });
  await page.locator('.unknown').getByText('hologram').waitFor();
});

test('a table turns its pages', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  const columns = [
    { name: 'name', display_name: '名称', data_type: 'text' },
    { name: 'state', display_name: '状态', data_type: 'options' },
  ];
  post(house, { tag: 'table', page_size: 5, columns, rows });
  await page.getByRole('cell', { name: '第5行' }).waitFor();
  expect(await page.getByRole('cell', { name: '第6行' }).count()).toBe(0);
  await page.getByRole('button', { name: '下一页' }).click();
  await page.getByRole('cell', { name: '第7行' }).waitFor();
  expect(await page.getByRole('button', { name: '下一页' }).isDisabled()).toBe(true);
});

test('controls outside a form call back with what was chosen', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  const options = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬'].map((word) => ({
    text: plain(word),
    value: word,
  }));
  post(
    house,
    { tag: 'select_static', placeholder: plain('选一个'), options, ...calls('select') },
    { tag: 'checker', text: plain('打勾'), ...calls('check') },
    { tag: 'date_picker', placeholder: plain('哪天'), ...calls('date') },
    { tag: 'interactive_container', elements: [{ tag: 'div', text: plain('整块可点') }], ...calls('box') },
    { tag: 'overflow', options: [{ text: plain('菜单一'), value: '1' }], ...calls('menu') },
    { tag: 'button', text: plain('停用'), disabled: true, ...calls('off') },
  );
  const pressed = () =>
    house.stage.sandbox.deliveries
      .filter(({ envelope }) => envelope.header.event_type === 'card.action.trigger')
      .map(({ envelope }) => envelope.event['action']);
  const until = (count: number) => expect.poll(() => pressed().length).toBe(count);

  await page.getByRole('button', { name: /选一个/ }).click();
  await page.getByRole('searchbox').fill('壬');
  await page.getByRole('option', { name: '壬' }).click();
  await until(1);
  await page.getByLabel('打勾').click();
  await until(2);
  await page.getByLabel('哪天').fill('2026-12-15');
  await page.getByLabel('哪天').blur();
  await until(3);
  await page.getByText('整块可点').click();
  await until(4);
  await page.getByTitle('更多').click();
  await page.getByRole('menuitem', { name: '菜单一' }).click();
  await until(5);
  expect(await page.getByRole('button', { name: '停用' }).isDisabled()).toBe(true);
  expect(pressed()).toMatchObject([
    { tag: 'select_static', option: '壬' },
    { tag: 'checker', checked: true },
    { tag: 'date_picker', option: '2026-12-15 +0800' },
    { tag: 'interactive_container', value: { pressed: 'box' } },
    { tag: 'overflow', option: '1' },
  ]);
});

test('a question is asked only before a form is sent', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  const confirm = { title: plain('真的？'), text: plain('想好了再点') };
  const send = {
    tag: 'button',
    name: 'send',
    text: plain('送出'),
    form_action_type: 'submit',
    confirm,
    ...calls('send'),
  };
  post(
    house,
    { tag: 'button', text: plain('直接'), confirm, ...calls('plain') },
    { tag: 'overflow', confirm, options: [{ text: plain('菜单一'), value: '1' }], ...calls('menu') },
    { tag: 'checker', text: plain('打勾'), confirm, ...calls('check') },
    { tag: 'form', name: 'form', elements: [send] },
  );
  const until = (count: number) => expect.poll(() => house.stage.sandbox.deliveries.length).toBe(count);
  await page.getByRole('button', { name: '直接' }).click();
  await until(1);
  await page.getByTitle('更多').click();
  await page.getByRole('menuitem', { name: '菜单一' }).click();
  await until(2);
  await page.getByLabel('打勾').click();
  await until(3);
  await page.getByRole('button', { name: '送出' }).click();
  await page.getByRole('heading', { name: '真的？' }).waitFor();
  expect(house.stage.sandbox.deliveries).toHaveLength(3);
  await page.getByRole('button', { name: '确定' }).click();
  await until(4);
});

test('a panel shows the icon that its header has, turned when it is open, and none of its own', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  const icon = { tag: 'standard_icon', token: 'down-small-ccm_outlined' };
  const panel = (title: string, header: object) => ({
    tag: 'collapsible_panel',
    header: { title: plain(title), ...header },
    elements: [{ tag: 'div', text: plain(`${title}的内容`) }],
  });
  post(house, panel('没有图标', {}), panel('有图标', { icon, icon_position: 'right', icon_expanded_angle: -180 }));
  const header = (name: string) => page.getByRole('button', { name, exact: true });
  const turned = () => page.evaluate<string>("getComputedStyle(document.querySelector('.panel .icon')).rotate");
  await header('没有图标').waitFor();
  expect(await header('没有图标').locator('.icon').count()).toBe(0);
  expect(await turned()).toBe('none');
  await header('有图标').click();
  await page.getByText('有图标的内容').waitFor();
  expect(await turned()).toBe('-180deg');
});

test('people and several options are chosen in a form', async () => {
  const house = await openHouse();
  const page = await house.tab({ as: 'villageAgent' });
  const options = ['甲', '乙'].map((word) => ({ text: plain(word), value: word }));
  post(house, {
    tag: 'form',
    name: 'form',
    elements: [
      { tag: 'multi_select_static', name: 'many', placeholder: plain('选几个'), options },
      { tag: 'select_person', name: 'who', placeholder: plain('选人') },
      { tag: 'picker_datetime', name: 'when', placeholder: plain('何时') },
      { tag: 'button', name: 'send', text: plain('提交'), form_action_type: 'submit', ...calls('send') },
    ],
  });
  await page.getByRole('button', { name: /选几个/ }).click();
  await page.getByRole('option', { name: '甲' }).click();
  await page.getByRole('option', { name: '乙' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /选人/ }).click();
  await page.getByRole('option', { name: '苏和' }).click();
  await page.getByLabel('何时').fill('2026-12-15T09:00');
  await page.getByRole('button', { name: '提交' }).click();
  await expect.poll(() => house.stage.sandbox.deliveries.length).toBe(1);
  expect(house.stage.sandbox.deliveries[0]?.envelope.event['action']).toMatchObject({
    form_value: { many: ['甲', '乙'], who: 'ou_demo_villageColleague', when: '2026-12-15 09:00 +0800' },
  });
});

test('the first page weighs less than 150 kB of script, without the charts', async () => {
  const house = await openHouse();
  const page = await house.tab();
  await page.getByLabel('输入消息').waitFor();
  const scripts = await page.evaluate<string[]>(
    'performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.endsWith(".js"))',
  );
  const bodies = await Promise.all(scripts.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())));
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  expect(scripts.some((url) => url.includes('draw-chart'))).toBe(false);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(150_000);
});
