/**
 * `npm run screenshots`: plays a case, an administrator's first hour and the 15th in a browser, prints a case's papers, and writes the pictures
 * of the documentation.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import sharp from 'sharp';
import type { Database, Tx } from '../db/database.ts';
import { settingNames } from '../src/domain/setting.ts';
import { bannerLists } from '../test/support/banner-lists.ts';
import { mountPage } from './page.ts';
import { writeSlipPicture } from './slip-picture.ts';
import { type Stage, StageClock } from './stage.ts';
import { openTemporaryStage } from './tour/temporary-stage.ts';

const ZONE = 'Asia/Shanghai';
const START = Date.parse('2026-11-23T10:00:00+08:00');
const target = fileURLToPath(new URL('../docs/images', import.meta.url));
const quiet = [
  ...['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];
const desktop = { width: 1280, height: 800 };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** As a phone held upright; the height is that of a picture beside the text. */
const phone = { width: 360, height: 640 };

async function main(): Promise<void> {
  mkdirSync(target, { recursive: true });
  const clock = new StageClock();
  clock.moveTo(START);
  const show = await openTemporaryStage({ clock, zone: ZONE, autostart: true });
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: quiet });
  try {
    await mountPage({ db: show.db, sandbox: show.stage.sandbox });
    await pictures({ stage: show.stage, db: show.db, browser });
  } finally {
    await browser.close();
    await show.close();
  }
  await writeSlipPicture(join(target, 'slips.png'));
}

interface Studio {
  readonly stage: Stage;
  readonly db: Database;
  readonly browser: Browser;
}

async function pictures(studio: Studio): Promise<void> {
  await oneCase(studio);
  await figures(studio);
  await lists(studio);
  await staff(studio);
  await report(studio);
}

/** Registered by a typed line, returned, forwarded again, completed: what each side sees on a phone. */
async function oneCase(studio: Studio): Promise<void> {
  const { groups, people } = studio.stage;
  const own = await tab(studio, { as: 'villageAgent' });
  await open(own, '代办');
  await people.villageAgent.says(undefined, '登记 低保 张三 13800000000');
  await shoot(own, { name: 'registration', wait: card(own, '帮办代办登记') });
  await card(own, '帮办代办登记').getByLabel('自愿委托确认').check();
  await press(own, '提交登记');
  const village = await tab(studio, { as: 'villageAgent' });
  await open(village, '安达社区便民服务站');

  const town = await tab(studio, { as: 'townClerk' });
  await open(town, '巴彦托海镇便民服务中心');
  const accept = card(town, '代办件').getByRole('button', { name: '接收' });
  await shoot(town, { name: 'town-card', wait: accept });
  const desk = await tab(studio, { as: 'townClerk', size: desktop });
  await shoot(desk, { name: 'sandbox', wait: card(desk, '代办件') });

  await people.townClerk.clicks(groups.town, '退回补正', {
    说明: '材料不全',
    需补正的材料: '户口本复印件\n家庭收入证明',
  });
  await shoot(village, { name: 'returned', wait: card(village, '代办件').getByRole('button', { name: '重新转送' }) });
  await press(village, '重新转送');
  await press(town, '接收');
  await press(town, '办结');
  await shoot(village, { name: 'completed', wait: card(village, '代办件').getByRole('button', { name: '确认送达' }) });
}

async function figures(studio: Studio): Promise<void> {
  const { groups, people } = studio.stage;
  const village = await tab(studio, { as: 'villageAgent' });
  await open(village, '安达社区便民服务站');
  for (const line of ['/登记 低保 李四 13800000001', '/登记 低保 王五 13800000002']) {
    await people.villageAgent.says(groups.village, line);
    await card(village, '帮办代办登记').getByLabel('自愿委托确认').check();
    await press(village, '提交登记');
  }
  const manager = await tab(studio, { as: 'bannerManager' });
  await open(manager, '旗政务服务局调度群');
  await people.bannerManager.says(groups.banner, '/统计 本月');
  await shoot(manager, {
    name: 'statistics',
    wait: manager.locator('.chart[data-state="ready"]').first(),
    scroll: 'center',
  });
}

/** Somebody applies and is admitted; what is still missing; a colleague leaves. */
async function staff(studio: Studio): Promise<void> {
  const { people } = studio.stage;
  const stranger = await tab(studio, { as: 'stranger' });
  await open(stranger, '代办');
  const application = card(stranger, '申请成为代办员');
  await application.getByLabel('姓名').fill('陈明');
  await application.getByLabel('联系电话').fill('13900000010');
  await choose(application, '所在单位', '安达社区');
  await choose(application, '专职/兼职', '兼职');
  await press(stranger, '提交申请');
  const page = await tab(studio, { as: 'admin' });
  await open(page, '代办');
  await shoot(page, { name: 'application', wait: card(page, '代办员申请') });
  await people.admin.says(undefined, '/设置');
  await press(page, '还差什么');
  await shoot(page, { name: 'checklist', wait: card(page, '还差什么'), scroll: 'start' });
  await people.admin.says(undefined, '/停用 娜仁');
  await shoot(page, { name: 'leaving', wait: card(page, '停用') });
}

async function report(studio: Studio): Promise<void> {
  await studio.stage.moveTo(Date.parse('2026-12-15T09:00:00+08:00'));
  const town = await tab(studio, { as: 'otherTownClerk' });
  await open(town, '大雁镇便民服务中心');
  await shoot(town, { name: 'report-reminder', wait: town.getByRole('button', { name: '确认报送' }), scroll: 'end' });
}

/** What an administrator sees of an import and of own days, for the administrator's guide. */
async function lists(studio: Studio): Promise<void> {
  const { units, agents } = await bannerLists();
  const { admin } = studio.stage.people;
  const page = await tab(studio, { as: 'admin' });
  await open(page, '代办');
  await send(page, { name: '单位.xlsx', mimeType: XLSX, buffer: units });
  await card(page, '核对单位').getByRole('button', { name: '确认导入' }).click();
  await imported(studio.db, 1);
  await send(page, { name: '代办人员.xlsx', mimeType: XLSX, buffer: agents });
  const confirm = card(page, '核对代办人员').getByRole('button', { name: '确认导入' });
  await shoot(page, { name: 'import-preview', wait: confirm });
  await confirm.click();
  await imported(studio.db, 2);
  await admin.says(undefined, '/名册');
  await shoot(page, { name: 'roster', wait: card(page, '代办员名册') });
  await admin.says(undefined, '/设置');
  await card(page, '设置').getByRole('button', { name: '改' }).nth(settingNames.indexOf('ownDays')).click();
  const form = card(page, '改设置');
  await form.getByRole('textbox').fill('8月15日至17日 放假 那达慕\n8月22日 上班');
  await form.getByRole('button', { name: '先看一遍' }).click();
  await shoot(page, { name: 'own-days', wait: form.getByRole('button', { name: '确认，保存' }), scroll: 'end' });
}

/** The newest button of that name; a client's question is answered with yes. */
async function press(page: Page, label: string): Promise<void> {
  await page.locator('article.card').getByRole('button', { name: label, exact: true }).last().click();
  const yes = page.getByRole('dialog').getByRole('button', { name: '确定' });
  await yes.click({ timeout: 1500 }).catch(() => undefined);
}

async function choose(place: Locator, field: string, option: string): Promise<void> {
  await place.getByRole('button', { name: new RegExp(field) }).click();
  await place.page().getByRole('option', { name: option, exact: true }).click();
}

/** On a busy machine the answer comes after the platform's three seconds, and then changes no card. */
async function imported(db: Database, files: number): Promise<void> {
  const done = async ({ q, t }: Tx) => (await q.select().from(t.imports)).filter(({ state }) => state === 'done');
  while ((await db.read(done)).length < files) await setTimeout(200);
}

async function send(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.getByLabel('选图片或文件').setInputFiles([file]);
  await page.getByRole('button', { name: '发送' }).click();
}

function card(page: Page, title: string): Locator {
  return page.locator(`article.card[aria-label^="${title}"]`).last();
}

/** Small files: sharp enough on paper at a quarter of a page's width. */
async function tab(studio: Studio, look: { as: string; size?: typeof desktop }): Promise<Page> {
  const { as, size = phone } = look;
  const scale = size === phone ? 1.5 : 1;
  const context = await studio.browser.newContext({ viewport: size, deviceScaleFactor: scale, locale: 'zh-CN' });
  // An import of a whole banner takes a while.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.goto(`${studio.stage.sandbox.url}/?as=ou_demo_${as}`);
  await page.getByRole('button', { name: '不用引导' }).click();
  return page;
}

async function open(page: Page, chat: string): Promise<void> {
  await page
    .getByRole('navigation', { name: '会话' })
    .getByRole('button', { name: new RegExp(`^${chat}`) })
    .click();
}

/** Waits for what the picture is about, for toasts and glows to be over, and writes it. */
async function shoot(
  page: Page,
  picture: { name: string; wait: Locator; scroll?: 'start' | 'center' | 'end' },
): Promise<void> {
  await picture.wait.waitFor();
  if (picture.scroll) await picture.wait.evaluate((shown, block) => shown.scrollIntoView({ block }), picture.scroll);
  await page.addStyleTag({ content: '.toasts, .card-glow { display: none !important; }' });
  const path = join(target, `${picture.name}.png`);
  const shown = await page.screenshot({ animations: 'disabled' });
  // A page has few colours: with a palette a picture takes a third.
  await sharp(shown).png({ palette: true, effort: 10 }).toFile(path);
  console.log(path);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
