/** `npm run screenshots`: plays a case and the 15th in a browser and writes the pictures of the documentation. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { bannerLists } from '../test/support/banner-lists.ts';
import { mountPage } from './page.ts';
import type { Stage } from './stage.ts';
import { openTemporaryStage } from './tour/temporary-stage.ts';

const ZONE = 'Asia/Shanghai';
const START = Date.parse('2026-11-23T10:00:00+08:00');
const target = fileURLToPath(new URL('../docs/images', import.meta.url));
const desktop = { width: 1280, height: 800 };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const phone = { width: 360, height: 740 };

async function main(): Promise<void> {
  mkdirSync(target, { recursive: true });
  const show = await openTemporaryStage({ now: START, zone: ZONE });
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await mountPage({ db: show.db, sandbox: show.stage.sandbox });
    await pictures({ stage: show.stage, browser });
  } finally {
    await browser.close();
    await show.close();
  }
}

interface Studio {
  readonly stage: Stage;
  readonly browser: Browser;
}

async function pictures(studio: Studio): Promise<void> {
  const { stage } = studio;
  const { villageAgent, bannerManager } = stage.people;
  const village = await tab(studio, { as: 'villageAgent', size: desktop });
  await villageAgent.says(stage.groups.village, '/登记 低保 张三 13800000000');
  await shoot(village, { name: 'registration', wait: card(village, '帮办代办登记') });
  await card(village, '帮办代办登记').getByLabel('自愿委托确认').check();
  await card(village, '帮办代办登记').getByRole('button', { name: '提交登记' }).click();

  const town = await tab(studio, { as: 'townClerk', size: desktop });
  const shown = card(town, '代办件');
  await shoot(town, { name: 'town-card-before', wait: shown.getByRole('button', { name: '接收' }) });
  await shown.getByRole('button', { name: '接收' }).click();
  await shoot(town, { name: 'town-card-after', wait: shown.getByText('办理中') });

  for (const [index, line] of ['/登记 低保 李四 13800000001', '/登记 低保 王五 13800000002'].entries()) {
    await villageAgent.says(stage.groups.village, line);
    await card(village, '帮办代办登记').getByLabel('自愿委托确认').check();
    await card(village, '帮办代办登记').getByRole('button', { name: '提交登记' }).click();
    await village
      .locator('article.card[aria-label^="代办件"]')
      .nth(index + 1)
      .waitFor();
  }
  const manager = await tab(studio, { as: 'bannerManager', size: desktop });
  await bannerManager.says(stage.groups.banner, '/统计 本月');
  await shoot(manager, { name: 'statistics', wait: manager.locator('.chart[data-state="ready"]').last() });
  await bannerManager.says(stage.groups.banner, '/排名 本月');
  await shoot(manager, { name: 'ranking', wait: card(manager, '苏木乡镇排名') });

  await stage.moveTo(Date.parse('2026-12-15T09:00:00+08:00'));
  const reminded = await tab(studio, { as: 'otherTownClerk', size: phone });
  await reminded.getByRole('button', { name: /大雁镇便民服务中心/ }).click();
  await shoot(reminded, { name: 'report-reminder', wait: reminded.getByRole('button', { name: '确认报送' }) });

  await lists(studio);
  const gallery = await tab(studio, { size: phone, path: '/gallery' });
  await shoot(gallery, { name: 'gallery-phone', wait: gallery.locator('.gallery-item').first() });
}

/** What an administrator sees of an import and of own days, for the administrator's guide. */
async function lists(studio: Studio): Promise<void> {
  const { units, agents } = await bannerLists();
  const { admin } = studio.stage.people;
  const page = await tab(studio, { as: 'admin', size: { width: 390, height: 780 } });
  await page.getByRole('navigation', { name: '会话' }).getByRole('button', { name: /^代办/ }).click();
  await send(page, { name: '单位.xlsx', mimeType: XLSX, buffer: units });
  await card(page, '核对单位').getByRole('button', { name: '确认导入' }).click();
  await card(page, '单位已导入').waitFor();
  await send(page, { name: '代办人员.xlsx', mimeType: XLSX, buffer: agents });
  const confirm = card(page, '核对代办人员').getByRole('button', { name: '确认导入' });
  await shoot(page, { name: 'import-preview', wait: confirm });
  await confirm.click();
  await card(page, '代办人员已导入').waitFor();
  await admin.says(undefined, '/名册');
  await shoot(page, { name: 'roster', wait: card(page, '代办员名册') });
  await admin.says(undefined, '/设置');
  await card(page, '设置').getByRole('button', { name: '改' }).last().click();
  const form = card(page, '改设置');
  await form.getByRole('textbox').fill('8月15日至17日 放假 那达慕\n8月22日 上班');
  await form.getByRole('button', { name: '先看一遍' }).click();
  await shoot(page, { name: 'own-days', wait: form.getByRole('button', { name: '确认，保存' }) });
}

async function send(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.getByLabel('选图片或文件').setInputFiles([file]);
  await page.getByRole('button', { name: '发送' }).click();
}

function card(page: Page, title: string): Locator {
  return page.locator(`article.card[aria-label^="${title}"]`).last();
}

async function tab(studio: Studio, look: { as?: string; size: typeof desktop; path?: string }): Promise<Page> {
  const context = await studio.browser.newContext({ viewport: look.size, deviceScaleFactor: 2, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${studio.stage.sandbox.url}${look.path ?? '/'}${look.as ? `?as=ou_demo_${look.as}` : ''}`);
  const hide = page.getByRole('button', { name: '不用引导' });
  if (look.path !== '/gallery') await hide.click();
  return page;
}

/** Waits for what the picture is about, for toasts and glows to be over, and writes it. */
async function shoot(page: Page, picture: { name: string; wait: Locator }): Promise<void> {
  await picture.wait.waitFor();
  await page.addStyleTag({ content: '.toasts, .card-glow { display: none !important; }' });
  const path = join(target, `${picture.name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  console.log(path);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
