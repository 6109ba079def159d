import { expect, test } from 'vitest';
import { gallery } from '../../cards/gallery/index.ts';
import { openHouse, useBrowser } from './house.ts';

useBrowser();

test.each([360, 1280])('at %i px every card of the gallery is drawn, none unknown, none too wide', async (width) => {
  const house = await openHouse();
  const page = await house.tab({ path: '/gallery', width });
  await page.locator('.gallery-item').first().waitFor();
  // Cards out of sight are not laid out until they are needed; here all are.
  await page.addStyleTag({ content: '.gallery-item { content-visibility: visible !important; }' });
  expect(await page.locator('.gallery-item').count()).toBe(gallery.length);
  expect(await page.locator('.unknown').allInnerTexts()).toEqual([]);
  const charts = page.locator('.chart');
  await page.waitForFunction('[...document.querySelectorAll(".chart")].every((one) => one.dataset.state === "ready")');
  expect(await charts.count()).toBeGreaterThan(0);
  expect(await page.evaluate(TOO_WIDE)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
});

/** Names of the cards of which something stands out at the side. */
const TOO_WIDE = `[...document.querySelectorAll('.gallery-item')]
  .filter((item) => [...item.querySelectorAll('.card')].some((card) => card.scrollWidth > card.clientWidth + 1))
  .map((item) => item.dataset.name)`;
