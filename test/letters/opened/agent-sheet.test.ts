import { expect, it } from 'vitest';
import { agentGuide } from '../../../cards/agent-guide.ts';
import { agentSheet } from '../../../sandbox/agent-sheet.ts';
import { openLetters } from './libre-office.ts';

it('the agents’ page is one A4 page, from its title to the line for telephone numbers', async () => {
  const { sheet } = await openLetters({ sheet: await agentSheet() });
  expect(sheet.sizes).toEqual([[595, 842]]);
  const [page = ''] = sheet.pages.map((text) => text.replaceAll(/\s/g, ''));
  expect(page).toMatch(/^代办员一页纸.*系统管理员：＿+$/s);
  for (const { title } of agentGuide) expect(page).toContain(title.replaceAll(/\s/g, ''));
});
