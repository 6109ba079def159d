/** A whole demo on a free port, and tabs to look at it with. */
import { pino } from 'pino';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Database } from '../../db/database.ts';
import { mountPage } from '../../sandbox/page.ts';
import { openStage, type Stage, StageClock } from '../../sandbox/stage.ts';
import { createVault } from '../../src/vault.ts';
import { emptyDatabase } from '../support/databases.ts';
import { at, ZONE } from '../support/office.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

/** What does not appear in so long does not come: a busy machine may take its time. */
const SHOWN_WITHIN_MS = 300_000;

export interface House {
  readonly stage: Stage;
  readonly db: Database;
  /** A tab of its own, as a person of the cast: `townClerk`. */
  tab(look?: { as?: string; width?: number; height?: number; path?: string }): Promise<Page>;
}

const undo: (() => Promise<unknown>)[] = [];
const complaints: string[] = [];
let browser: Browser | undefined;

/** Starts a browser for the tests of the file; what a tab logs as warning or error fails the test. */
export function useBrowser(): void {
  beforeAll(async () => {
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: [...FLAGS, '--disable-sync'], timeout: SHOWN_WITHIN_MS });
  });
  afterEach(async () => {
    for (const close of undo.splice(0).reverse()) await close();
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());
}

/** A demo that begins at a local time, by default a Monday morning. It closes after the test. */
export async function openHouse(now = '2026-11-23T10:00'): Promise<House> {
  const clock = new StageClock();
  clock.moveTo(at(now));
  const db = emptyDatabase();
  const vault = createVault(Buffer.alloc(32, 7));
  const stage = await openStage({ clock, db, vault, zone: ZONE, log: pino({ level: 'silent' }), autostart: true });
  await mountPage({ db, sandbox: stage.sandbox });
  undo.push(
    () => db.close(),
    () => stage.stop(),
  );
  return {
    ...{ stage, db },
    tab({ as, path = '/', ...size } = {}) {
      return openTab(`${stage.sandbox.url}${path}${as === undefined ? '' : `?as=ou_demo_${as}`}`, size);
    },
  };
}

/** A tab of its own on any address. It closes after the test. */
export async function openTab(url: string, { width = 1280, height = 860 } = {}): Promise<Page> {
  if (browser === undefined) throw new Error('useBrowser() comes first');
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN' });
  undo.push(() => context.close());
  context.setDefaultTimeout(SHOWN_WITHIN_MS);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

/** Runs after the test, the last one first. */
export function afterThis(close: () => Promise<unknown>): void {
  undo.push(close);
}

/** Types a line into the open chat. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('输入消息').fill(text);
  await page.getByRole('button', { name: '发送' }).click();
}

/** Opens a chat of the list by its name. */
export async function openChat(page: Page, name: string): Promise<void> {
  const row = { name: new RegExp(`^${name}`) };
  await page.getByRole('navigation', { name: '会话' }).getByRole('button', row).click();
}

/** The newest card of the open chat whose title begins so. */
export function card(page: Page, title: string) {
  return page.locator(`article.card[aria-label^="${title}"]`).last();
}

/** Says yes to what is asked before a step is taken. */
export async function confirm(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
}

/** Becomes another person of the cast. */
export async function become(page: Page, name: string): Promise<void> {
  await page
    .getByRole('complementary', { name: '扮演谁' })
    .getByRole('button', { name: new RegExp(name) })
    .click();
}

/** Chooses in a list of a card. */
export async function choose(place: Locator, field: string, option: string): Promise<void> {
  await place.getByRole('button', { name: new RegExp(field) }).click();
  await place.page().getByRole('option', { name: option, exact: true }).click();
}
