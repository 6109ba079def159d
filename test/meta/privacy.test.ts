/** docs/PRIVACY.md says how long things stay; the numbers stand in the program. */
import { expect, it } from 'vitest';
import { read } from './documents.ts';

const page = read('docs/PRIVACY.md');

function kept(what: string): string {
  const row = page.split('\n').find((line) => line.startsWith(`| ${what}`)) ?? '';
  return row.split('|')[2]?.trim() ?? '';
}

it.each([
  ['deliveries', 'INBOX_KEPT_MS'],
  ['registration forms', 'DRAFTS_KEPT_MS'],
  ['received lists', 'IMPORTS_KEPT_MS'],
  ['messages delivered', 'DELIVERED_KEPT_MS'],
])('%s stay as long as the page says', (what, name) => {
  const days = new RegExp(`^const ${name} = (\\d+) \\* DAY_MS;$`, 'm').exec(read('src/services/purge.ts'))?.[1];
  expect(days).toBeDefined();
  expect(kept(what)).toBe(`${days} days`);
});

it('backups stay as long as the page, and the handbooks, say', () => {
  const names = read('src/backup/names.ts');
  const days = /^const DAYS_KEPT = (\d+);$/m.exec(names)?.[1];
  const months = /^const MONTHS_KEPT = (\d+);$/m.exec(names)?.[1];
  expect(kept('backups')).toBe(`${days} days one a day, ${months} months the last of each`);
  for (const document of ['docs/SECURITY.md', 'docs/OPERATION.md']) {
    expect(read(document)).toMatch(new RegExp(`${days} ?天`));
    expect(read(document)).toMatch(new RegExp(`${months} ?个月`));
  }
});
