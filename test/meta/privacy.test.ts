/** docs/PRIVACY.md says how long things stay; the numbers stand in the program. */
import { expect, it } from 'vitest';
import { read } from './documents.ts';

const page = read('docs/PRIVACY.md');

function kept(what: string): string {
  const row = page.split('\n').find((line) => line.startsWith(`| ${what}`)) ?? '';
  return row.split('|')[2]?.trim() ?? '';
}

it.each([
  ['收到的消息和点击', 'INBOX_KEPT_MS'],
  ['没有提交的登记卡', 'DRAFTS_KEPT_MS'],
  ['收到的名单', 'IMPORTS_KEPT_MS'],
  ['发出的和没送到的消息', 'DELIVERED_KEPT_MS'],
])('%s stay as long as the page says', (what, name) => {
  const days = new RegExp(`^const ${name} = (\\d+) \\* DAY_MS;$`, 'm').exec(read('src/services/purge.ts'))?.[1];
  expect(days).toBeDefined();
  expect(kept(what)).toBe(`${days}天`);
});

it('backups stay as long as the page, and the handbooks, say', () => {
  const names = read('src/backup/names.ts');
  const days = /^const DAYS_KEPT = (\d+);$/m.exec(names)?.[1];
  const months = /^const MONTHS_KEPT = (\d+);$/m.exec(names)?.[1];
  expect(kept('备份')).toBe(`每天一份留${days}天，每月最后一份留${months}个月`);
  for (const document of ['docs/SECURITY.md', 'docs/OPERATION.md']) {
    expect(read(document)).toMatch(new RegExp(`${days} ?天`));
    expect(read(document)).toMatch(new RegExp(`${months} ?个月`));
  }
});
